import { giveawayMeaning, needsChoice } from '../../../evidence/giveaways/giveaway.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import { proofOnPage } from '../../../identity/proof-inputs.ts'
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
import { findOpenChoices, sayChoice, type WeighedExhibit } from '../../exhibit-choice.ts'
import { holdsView } from '../parts/holds-view.ts'

/** One bundle, for the second person: what would leave, for whom, and the decision. */
export function decideView(
  visit: CaseVisit,
  bundle: BundleRequest,
  /** What would go in; null for somebody who may not see it. */
  exhibits: readonly WeighedExhibit[] | null,
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
${exhibitsSection(visit, bundle, exhibits)}
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
    hint: { text: 'Needed if you do not approve. The person who asked will see it.' },
    value: typed.note,
    rows: 3,
    errorMessage: problemBeside(problems, 'note'),
  }),
  proofOnPage(visit),
  button({ text: 'Save decision', preventDoubleClick: true }),
)}`
  return staffPage(visit, {
    title: titleWithProblems(title, problems),
    body,
    back: { href: `/cases/${visit.caseId}/bundles` },
  })
}

/** What in the exhibits could give the client away, with what was chosen, for the second person to decide on. */
function exhibitsSection(
  visit: CaseVisit,
  { choices }: BundleRequest,
  exhibits: readonly WeighedExhibit[] | null,
): Html {
  const heading = html`<h2 class="govuk-heading-m">What could give the client away</h2>`
  if (!exhibits)
    return html`${heading}<p class="govuk-body">You may not see the evidence of this case, so what would leave cannot be shown to you, and you cannot approve it.</p>`
  const weighed = exhibits.filter(
    ({ itemId, look }) => choices.exhibits[itemId] !== undefined || needsChoice(look),
  )
  const rest = exhibits.length - weighed.length
  const open = new Set(findOpenChoices(exhibits, choices.exhibits).map(({ itemId }) => itemId))
  const first = [...weighed]
    .sort((one, other) => Number(open.has(other.itemId)) - Number(open.has(one.itemId)))
    .slice(0, mostShown)
  const listed = summaryList({
    rows: first.map(exhibit => {
      const choice = choices.exhibits[exhibit.itemId]
      const said =
        open.has(exhibit.itemId) || !choice ? 'Nobody has chosen what becomes of it' : sayChoice(choice)
      return {
        key: { html: html`${exhibit.reference}: <bdi>${exhibit.originalName}</bdi>` },
        value: {
          html: html`<p class="govuk-body"><strong>${said}</strong></p><p class="govuk-body">${holdsView(visit, exhibit)}</p>`,
        },
      }
    }),
  })
  return html`${heading}
${weighed.length > 0 && listed}
${weighed.length > first.length && html`<p class="govuk-body">And ${weighed.length - first.length} more.</p>`}
<p class="govuk-body">${rest === 1 ? 'In one other exhibit' : `In ${rest.toLocaleString('en-GB')} other exhibits`} nothing was found. ${giveawayMeaning}</p>`
}

const mostShown = 200
