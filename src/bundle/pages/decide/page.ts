import type { FormProblem } from '../../../foundation/decision.ts'
import { type BundleId, parseId } from '../../../foundation/ids.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import { fieldText, type PageRequest } from '../../../web/request.ts'
import { decideBundle } from '../../operations/decide-bundle.ts'
import { findBundle } from '../../operations/load-bundles.ts'
import { weighExhibits } from '../../operations/weigh-exhibits.ts'
import { readDecision } from './form.ts'
import { decideView } from './view.ts'

export async function showDecide(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return pageOf(request, visit, { decision: '', note: '' }, [], 200)
}

export async function sendDecide(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const typed = { decision: fieldText(request.form, 'decision'), note: fieldText(request.form, 'note') }
  const read = readDecision(request.form)
  if (!read.ok) return pageOf(request, visit, typed, read.problems, 422)
  const bundleId = parseId<BundleId>(request.params['bundle'] ?? '')
  if (!bundleId) return showPage(problemPage(404), 404)
  const decided = await visit.onCase(transaction =>
    decideBundle(transaction, visit.caseId, bundleId, {
      approve: read.value.decision === 'approve',
      by: visit.staff.personId,
      note: read.value.note,
    }),
  )
  if (!decided) return showPage(problemPage(404), 404)
  if (decided.allowed || decided.because === 'already-decided') return goTo(`/cases/${visit.caseId}/bundles`)
  return pageOf(request, visit, typed, [{ field: 'decision', message: refusals[decided.because] }], 422)
}

const refusals = {
  'same-person': 'You asked for this bundle, so somebody else has to decide',
  'exhibits-not-seen':
    'You may not see the evidence and the chronology of this case, so somebody who may has to decide',
  'choices-open':
    'What would leave is not what was chosen any more: see below. Do not approve it, and have it asked for again',
} as const

async function pageOf(
  request: PageRequest,
  visit: CaseVisit,
  typed: { readonly decision: string; readonly note: string },
  problems: readonly FormProblem[],
  status: number,
): Promise<Answer> {
  const bundleId = parseId<BundleId>(request.params['bundle'] ?? '')
  const bundle =
    bundleId && (await visit.onCase(transaction => findBundle(transaction, visit.caseId, bundleId)))
  if (!bundle) return showPage(problemPage(404), 404)
  if (bundle.state !== 'asked') return goTo(`/cases/${visit.caseId}/bundles`)
  const exhibits = await visit.onCase(transaction =>
    weighExhibits(transaction, visit.caseId, bundle.choices.records),
  )
  return showPage(decideView(visit, bundle, exhibits, typed, problems), status)
}
