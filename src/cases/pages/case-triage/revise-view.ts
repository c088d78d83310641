import type { FormProblem } from '../../../foundation/decision.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { button } from '../../../web/components/button.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { startForm } from '../../../web/form.ts'
import { problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import type { FormFields } from '../../../web/request.ts'
import { sayUrgency } from '../../red-flags.ts'
import { sayStalkerType } from '../../triage.ts'
import type { TriageRevision } from '../../triage-revision.ts'
import { typeQuestionsView, urgencyQuestionsView } from '../parts/triage-questions-view.ts'

export type RevisionView = {
  readonly latest: TriageRevision | null
  readonly zone: string
  readonly typed: FormFields
  readonly once: string
  readonly problems: readonly FormProblem[]
}

/**
 * The form that revises type and urgency. Whether anybody is in danger, and how soon to act, is asked again each time.
 */
export function triageRevisionView(
  visit: CaseVisit,
  { latest, zone, typed, once, problems }: RevisionView,
): Html {
  const { choose, tick, words } = fieldWriter(typed, problems)
  const base = `/cases/${visit.caseId}/triage`
  const title = 'Revise type and urgency'
  const named = (value: string, text: string) => ({ value, text })
  const body = html`${caseNavigation(visit, 'triage')}${problemSummary(problems)}<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
<h1 class="govuk-heading-l">${title}</h1>
${
  latest &&
  insetText({
    html: html`What stands now: ${sayStalkerType(latest.type)}; ${sayUrgency(latest.urgency).toLowerCase()}. By <bdi>${latest.by || 'somebody whose name is not known'}</bdi>, ${sayMoment(latest.at, zone)}.${latest.note !== '' && html`<div dir="auto" class="keeps-lines">${latest.note}</div>`}`,
  })
}
${startForm(
  { action: `${base}/revise`, csrfToken: visit.csrfToken, once },
  html`<input type="hidden" name="seen" value="${latest?.triageId ?? 0}">`,
  typeQuestionsView({ choose, tick }),
  choose('dangerNow', 'Is anybody in danger now?', [
    named('yes', 'Yes'),
    named('no', 'No'),
    named('unknown', 'Not known'),
  ]),
  urgencyQuestionsView(
    { choose, tick },
    {
      legend: 'Red flags as they hold now',
      hint: 'Take one out only when it has been dealt with, and say below how that is known. Silence is not that.',
    },
  ),
  words('why', 'What changed, and how is that known?', {
    rows: 4,
    hint: 'It is kept sealed, with your name.',
  }),
  button({ text: 'Save', preventDoubleClick: true }),
)}
<p class="govuk-body"><a class="govuk-link" href="${base}">Cancel</a></p>
</div></div>`
  return staffPage(visit, { title: titleWithProblems(title, problems), body })
}
