import { loadProfile } from '../../../directory/operations/load-profile.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { newOnce, readOnce } from '../../../web/form.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import type { FormFields, PageRequest } from '../../../web/request.ts'
import { findCaseLine } from '../../operations/list-caseload.ts'
import { findCaseState } from '../../operations/load-case-state.ts'
import { loadLatestTriage, loadTriageHistory } from '../../operations/load-triage-history.ts'
import { reviseTriage } from '../../operations/revise-triage.ts'
import { isRedFlag } from '../../red-flags.ts'
import type { RevisionRefusal } from '../../triage-revision.ts'
import { readTriageRevision } from './form.ts'
import { triageRevisionView } from './revise-view.ts'
import { triageHistoryView } from './view.ts'

const aPage = 50

/** The working type and the urgency with their reasons, and every time they were settled. */
export async function showCaseTriage({ query }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const asked = query.get('before') ?? ''
  const before = /^\d{1,15}$/.test(asked) ? Number(asked) : null
  const found = await visit.onCase(async transaction => ({
    ...(await loadTriageHistory(transaction, visit.caseId, { before, atMost: aPage })),
    line: await findCaseLine(transaction, visit.caseId),
    state: await findCaseState(transaction, visit.caseId),
    zone: (await loadProfile(transaction)).timeZone,
  }))
  return showPage(triageHistoryView(visit, { ...found, before }))
}

const refusalWords: Readonly<Record<Exclude<RevisionRefusal, 'not-in-sight'>, FormProblem>> = {
  'reason-missing': { field: 'typeReasons', message: 'Select a sign that points to the type' },
  'case-closed': { field: 'type', message: 'Open the case again first' },
  'changed-meanwhile': {
    field: 'type',
    message: 'Somebody else revised this while you were writing. Read what stands now, then save yours again',
  },
}

async function show(
  visit: CaseVisit,
  typed: FormFields | null,
  problems: readonly FormProblem[],
  status = 422,
): Promise<Answer> {
  const { latest, zone } = await visit.onCase(async transaction => ({
    latest: await loadLatestTriage(transaction, visit.caseId),
    zone: (await loadProfile(transaction)).timeZone,
  }))
  const start: FormFields = new Map([
    ['type', latest ? [latest.type] : []],
    ['typeReasons', latest?.typeReasons ?? []],
    ['flags', latest?.urgencyReasons.filter(isRedFlag) ?? []],
  ])
  const view = { latest, zone, typed: typed ?? start, problems }
  const once = (typed && readOnce(typed)) ?? newOnce()
  // A form that was refused because of somebody else is another form the next time it is sent.
  const page = triageRevisionView(visit, { ...view, once: status === 409 ? newOnce() : once })
  return showPage(page, problems.length > 0 ? status : 200)
}

export async function askForTriageRevision(_request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return show(visit, null, [])
}

export async function takeTriageRevision({ form }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const read = readTriageRevision(form)
  if (!read.ok) return show(visit, form, read.problems)
  const result = await visit.onCase(transaction =>
    reviseTriage(transaction, visit.staff.personId, visit.caseId, read.value, readOnce(form)),
  )
  if (result.allowed) return goTo(`/cases/${visit.caseId}/triage`)
  if (result.because === 'not-in-sight') return showPage(problemPage(404), 404)
  return show(visit, form, [refusalWords[result.because]], 409)
}
