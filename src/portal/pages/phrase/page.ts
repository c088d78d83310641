import { loadZone } from '../../../chronology/operations/load-zone.ts'
import { listWays } from '../../../contact/operations/list-ways.ts'
import { lookIntoSecondPhrase } from '../../../contact/operations/look-into-second-phrase.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { type PhraseUseId, parseId } from '../../../foundation/ids.ts'
import { makePhrases } from '../../../identity/operations/make-phrases.ts'
import { loadPhraseState } from '../../../identity/operations/phrase-state.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { newOnce, readOnce } from '../../../web/form.ts'
import { readForm } from '../../../web/read-form.ts'
import { type FormFields, fieldText, type PageRequest } from '../../../web/request.ts'
import { phraseForm, secondPhraseForm } from './form.ts'
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

/**
 * Closes the uses of the second phrase that stood on the page, with what was done about them. Their tasks end with them;
 * one that came meanwhile stays open.
 */
export async function takeQuietSeen({ form }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { clinic, caseId, staff } = visit
  const read = readForm(secondPhraseForm, form)
  if (!read.ok) return writePage(visit, form, read.problems)
  const seen = fieldText(form, 'uses').split(' ').slice(0, 100)
  const uses = seen.flatMap(each => parseId<PhraseUseId>(each) ?? [])
  const { note } = read.value
  await visit.onCase(transaction =>
    lookIntoSecondPhrase(clinic, transaction, staff.personId, caseId, uses, note),
  )
  return goTo(`/cases/${caseId}/phrase`)
}

async function writePage(
  visit: CaseVisit,
  typed: FormFields,
  problems: readonly FormProblem[],
): Promise<Answer> {
  const state = await visit.onCase(async transaction => ({
    ...(await loadPhraseState(transaction, visit.caseId)),
    zone: await loadZone(transaction, visit.caseId),
    standing: await listWays(visit.clinic, transaction, visit.caseId),
  }))
  return showPage(phraseView(visit, { ...state, typed, problems }), problems.length > 0 ? 422 : 200)
}
