import type { FoundService, ServiceCheck, ServiceStatus } from '../../../directory/find-services.ts'
import { digestOfEntry, staleAfterDays } from '../../../directory/find-services.ts'
import { sayOpeningHours } from '../../../directory/opening.ts'
import { sayDay } from '../../../foundation/calendar-day.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import type { StaffVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { button } from '../../../web/components/button.ts'
import { type SummaryRow, summaryList } from '../../../web/components/summary-list.ts'
import { tag } from '../../../web/components/tag.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { startForm } from '../../../web/form.ts'
import { problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import type { FormFields } from '../../../web/request.ts'

const title = 'Other services'
const tags: Readonly<Record<ServiceStatus, readonly [string, string]>> = {
  wrong: ['Found wrong', 'govuk-tag--red'],
  unchecked: ['Due a check', 'govuk-tag--yellow'],
  checked: ['Checked', 'govuk-tag--green'],
}
export const methodWords: Readonly<Record<ServiceCheck['method'], string>> = {
  telephone: 'Rang the number',
  website: 'Looked at their own page',
  'told-by-them': 'They told us',
}

/** The list of services with what is due a check first. */
export function servicesView(visit: StaffVisit, found: readonly FoundService[]): Html {
  const due = found.filter(({ status }) => status !== 'checked').length
  return staffPage(visit, {
    title,
    body: html`<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds"><h1 class="govuk-heading-l">${title}</h1>
<p class="govuk-body">Whom we send people to. An entry is due a check when nobody checked it for ${staleAfterDays} days, or when it changed. Until then every page that names it says so.</p>
<p class="govuk-body"><strong>${due === 0 ? 'Nothing is due a check.' : `${due} of ${found.length} are due a check.`}</strong></p>
<ul class="govuk-list">${found.map(
      ({ service, status, checkedOn }) =>
        html`<li class="govuk-!-margin-bottom-3"><a class="govuk-link" href="/services/${placeOf(service)}">${service.name}</a> ${tag({ text: tags[status][0], classes: tags[status][1] })}<br>${checkedOn ? `Found right on ${sayDay(checkedOn)}` : 'Never checked'}. To be checked by: ${service.checker}</li>`,
    )}</ul></div></div>`,
  })
}

/** Where an entry is found: by its digest, so that a changed entry has another address. */
export const placeOf = (service: FoundService['service']): string => digestOfEntry(service).slice(0, 16)

export type EntryView = {
  readonly found: FoundService
  readonly checks: readonly ServiceCheck[]
  readonly zone: string
  readonly typed: FormFields
  readonly problems: readonly FormProblem[]
  readonly once: string
}

/** One entry as it is, who checked it, and the form to say that one has. */
export function entryView(visit: StaffVisit, view: EntryView): Html {
  const { service, status } = view.found
  const { choose, words } = fieldWriter(view.typed, view.problems)
  const row = (key: string, value: Html | string): SummaryRow => ({
    key: { text: key },
    value: typeof value === 'string' ? { text: value } : { html: value },
  })
  return staffPage(visit, {
    title: titleWithProblems(service.name, view.problems),
    back: { href: '/services' },
    body: html`<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">${problemSummary(view.problems)}<h1 class="govuk-heading-l">${service.name}</h1>
${summaryList({
  rows: [
    row('Stands', tag({ text: tags[status][0], classes: tags[status][1] })),
    row('Number', service.number ?? 'None'),
    row('Hours', sayOpeningHours(service.open, service.hours)),
    row('Page', service.url ?? 'None'),
    row('What we say', service.says),
    row('Taken from', service.source),
    row('To be checked by', service.checker),
    ...(service.lastChecked
      ? [row('Checked before it was listed', `${sayDay(service.lastChecked)}: ${service.checkedBy ?? ''}`)]
      : []),
    ...view.checks.map(check =>
      row(
        check.finding === 'right' ? 'Last found right' : 'Last found wrong',
        html`${sayMoment(check.at, view.zone)}, <bdi>${check.byName}</bdi>. ${methodWords[check.method]}${check.note !== '' && html`: <bdi>${check.note}</bdi>`}`,
      ),
    ),
  ],
})}
<h2 class="govuk-heading-m">Check it</h2>
<p class="govuk-body">Ring from the clinic, or look at their own page and not at a list of others. An entry that was found wrong comes last, with a warning, until the person who keeps the machine has changed it (<code>unwatched profile</code>).</p>
${startForm(
  { action: `/services/${placeOf(service)}`, csrfToken: visit.csrfToken, once: view.once },
  choose(
    'way',
    'How did you check?',
    Object.entries(methodWords).map(([value, text]) => ({ value, text })),
  ),
  choose('finding', 'Are the number, the hours and what we say right?', [
    { value: 'right', text: 'Yes, all of it' },
    { value: 'wrong', text: 'No' },
  ]),
  words('note', 'What did you find?', { hint: 'If it is wrong: what is right. Nothing about a person.' }),
  button({ text: 'Save the check', preventDoubleClick: true }),
)}</div></div>`,
  })
}
