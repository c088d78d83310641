import type { FormProblem } from '../../../foundation/decision.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { button } from '../../../web/components/button.ts'
import { radios } from '../../../web/components/radios.ts'
import { summaryList } from '../../../web/components/summary-list.ts'
import { textarea } from '../../../web/components/textarea.ts'
import { warningText } from '../../../web/components/warning-text.ts'
import { startForm } from '../../../web/form.ts'
import { problemBeside, problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import { type BundleRequest, purposeName } from '../../bundle-request.ts'

/** One bundle, for the second person: what would leave, for whom, and the decision. */
export function decideView(
  visit: CaseVisit,
  bundle: BundleRequest,
  typed: { readonly decision: string; readonly note: string },
  problems: readonly FormProblem[],
): Html {
  const title = 'Approve this bundle?'
  const records =
    bundle.choices.records === 'all' ? 'Every message that was read' : 'Only those that incidents rest on'
  const body = html`${problemSummary(problems)}
<h1 class="govuk-heading-l">${title}</h1>
${summaryList({
  rows: [
    { key: { text: 'For' }, value: { text: bundle.forAgencyName ?? purposeName(bundle.purpose) } },
    { key: { text: 'Purpose' }, value: { text: purposeName(bundle.purpose) } },
    { key: { text: 'Messages' }, value: { text: records } },
    {
      key: { text: 'Asked for by' },
      value: { text: `${bundle.askedByName}, ${sayMoment(bundle.askedAt, 'Europe/London')}` },
    },
    { key: { text: 'Note' }, value: { text: bundle.choices.note === '' ? 'None' : bundle.choices.note } },
  ],
})}
${warningText({ text: 'What has left cannot be called back. Look at the chronology before you approve.', iconFallbackText: 'Warning' })}
${startForm(
  { action: `/cases/${visit.caseId}/bundles/${bundle.bundleId}/decide`, csrfToken: visit.csrfToken },
  radios({
    name: 'decision',
    fieldset: { legend: { text: 'Your decision', classes: 'govuk-fieldset__legend--m' } },
    items: [
      { value: 'approve', text: 'Approve: build it and share it' },
      { value: 'refuse', text: 'Do not approve' },
    ],
    value: typed.decision,
    errorMessage: problemBeside(problems, 'decision'),
  }),
  textarea({
    name: 'note',
    id: 'note',
    label: { text: 'Reason', classes: 'govuk-label--s' },
    hint: { text: 'Needed if you do not approve. Whoever asked will see it.' },
    value: typed.note,
    rows: 3,
    errorMessage: problemBeside(problems, 'note'),
  }),
  button({ text: 'Save decision', preventDoubleClick: true }),
)}`
  return staffPage(visit, {
    title: titleWithProblems(title, problems),
    body,
    back: { href: `/cases/${visit.caseId}/bundles` },
  })
}
