import { loadProfile } from '../../../directory/operations/load-profile.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { button } from '../../../web/components/button.ts'
import { newOnce, readOnce, startForm } from '../../../web/form.ts'
import { problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { html } from '../../../web/html.ts'
import type { FormFields, PageRequest } from '../../../web/request.ts'
import { sayLockOutRefusal } from '../../lock-out/say-lock-out.ts'
import { changeLockOut } from '../../operations/change-lock-out.ts'
import { loadLockOut } from '../../operations/load-lock-out.ts'
import { fillChosenMoment, readChosenMoment, readSeenRevision } from '../parts/moment-form.ts'
import { momentFieldsView } from '../parts/moment-view.ts'

/** How the client wants the chosen plan done, and from which hour something may be noticed. */
export function askForMoment(_request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return show(visit, null, [], 200)
}

/** Keeps what the client chose. */
export async function takeMoment({ form }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { clinic, caseId, staff } = visit
  const zone = await visit.onCase(async transaction => (await loadProfile(transaction)).timeZone)
  const read = readChosenMoment(form, zone)
  if (!read.ok) return show(visit, form, read.problems, 422)
  const change = { kind: 'moment', seen: readSeenRevision(form), ...read.value } as const
  const result = await visit.onCase(transaction =>
    changeLockOut(clinic, transaction, staff, caseId, change, readOnce(form)),
  )
  if (result.allowed) return goTo(`/cases/${caseId}/map/lock-out`)
  return show(visit, null, [{ field: 'mode', message: sayLockOutRefusal(result.because) }], 409)
}

async function show(
  visit: CaseVisit,
  typed: FormFields | null,
  problems: readonly FormProblem[],
  status: number,
): Promise<Answer> {
  const { kept, zone } = await visit.onCase(async transaction => ({
    kept: await loadLockOut(visit.clinic, transaction, visit.caseId),
    zone: (await loadProfile(transaction)).timeZone,
  }))
  const base = `/cases/${visit.caseId}/map/lock-out`
  const body = html`${caseNavigation(visit, 'map')}${problemSummary(problems)}
<h1 class="govuk-heading-l">How and when</h1>
${
  kept.lockOut
    ? startForm(
        {
          action: `${base}/moment`,
          csrfToken: visit.csrfToken,
          once: status === 422 && typed ? (readOnce(typed) ?? newOnce()) : newOnce(),
        },
        html`<input type="hidden" name="seen" value="${String(kept.revision)}">`,
        momentFieldsView(typed ?? fillChosenMoment(kept.lockOut, zone), problems),
        button({ text: 'Save', preventDoubleClick: true }),
      )
    : html`<p class="govuk-body">The client has not chosen a plan yet.</p>`
}`
  return showPage(
    staffPage(visit, {
      title: titleWithProblems('How and when', problems),
      body,
      back: { href: base, text: 'Back to the lock-out plan' },
    }),
    status,
  )
}
