import { loadZone } from '../../../chronology/operations/load-zone.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { makePhrases } from '../../../identity/operations/make-phrases.ts'
import { loadPhraseState, settleQuietPhrase } from '../../../identity/operations/phrase-state.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { newOnce, readOnce } from '../../../web/form.ts'
import { readForm } from '../../../web/read-form.ts'
import type { FormFields, PageRequest } from '../../../web/request.ts'
import { phraseForm } from './form.ts'
import { madeAlreadyView, phraseView, slipsView } from './view.ts'

/** Whether the client has a phrase, and the form that makes a new one. */
export async function showPhrase(_request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return writePage(visit, new Map(), [])
}

/** Makes the phrases and shows them, this once; they are kept nowhere as words. */
export async function takePhrase(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { clinic, staff, caseId } = visit
  const read = readForm(phraseForm, request.form)
  if (!read.ok) return writePage(visit, request.form, read.problems)
  const once = readOnce(request.form) ?? newOnce()
  const { check } = read.value
  const made = await visit.onCase(transaction =>
    makePhrases(clinic, transaction, staff.personId, caseId, { check, once }),
  )
  return showPage(made ? slipsView(visit, made) : madeAlreadyView(visit))
}

/** Records that the use of the second phrase was looked into. */
export async function takeQuietSeen(_request: PageRequest, visit: CaseVisit): Promise<Answer> {
  await visit.onCase(transaction => settleQuietPhrase(transaction, visit.staff.personId, visit.caseId))
  return goTo(`/cases/${visit.caseId}/phrase`)
}

async function writePage(
  visit: CaseVisit,
  typed: FormFields,
  problems: readonly FormProblem[],
): Promise<Answer> {
  const state = await visit.onCase(async transaction => ({
    ...(await loadPhraseState(transaction, visit.caseId)),
    zone: await loadZone(transaction, visit.caseId),
  }))
  return showPage(phraseView(visit, { ...state, typed, problems }), problems.length > 0 ? 422 : 200)
}
