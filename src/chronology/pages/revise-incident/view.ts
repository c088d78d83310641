import type { IncidentId } from '../../../foundation/ids.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { button } from '../../../web/components/button.ts'
import { notificationBanner } from '../../../web/components/notification-banner.ts'
import { textarea } from '../../../web/components/textarea.ts'
import { startForm } from '../../../web/form.ts'
import { problemBeside, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import { fieldText } from '../../../web/request.ts'
import type { IncidentRevision } from '../../incident.ts'
import {
  type IncidentFields,
  incidentFieldsView,
  incidentProblemsView,
} from '../parts/incident-fields-view.ts'
import { incidentRevisionView } from '../parts/revision-view.ts'

export type Revise = {
  readonly visit: CaseVisit
  readonly incidentId: IncidentId
  readonly number: number
  /** The revision that what is sent will follow. */
  readonly base: number
  readonly once: string
  /** What somebody else wrote in the meantime, when that happened. */
  readonly newer: IncidentRevision | null
  readonly fields: IncidentFields
}

/** The form for a revision; above it, when there is one, the revision that came in between. */
export function reviseView({ visit, incidentId, number, base, once, newer, fields }: Revise): Html {
  const title = `Revise incident ${number}`
  const href = `/cases/${visit.caseId}/incidents/${incidentId}`
  const body = html`${caseNavigation(visit, 'incidents')}${incidentProblemsView(fields)}
<h1 class="govuk-heading-l">${title}</h1>
${
  newer &&
  html`${notificationBanner({
    html: html`<p class="govuk-notification-banner__heading">Somebody revised this incident while you were writing</p><p class="govuk-body">Nothing of yours is saved yet. Read what <bdi>${newer.byName}</bdi> wrote, bring into your text what should stay, and save; or <a class="govuk-link" href="${href}">leave it as it is now</a>.</p>`,
  })}<h2 class="govuk-heading-m">Revision ${newer.revision}, as it is now</h2>${incidentRevisionView(newer)}<h2 class="govuk-heading-m">What you wrote</h2>`
}
${startForm(
  { action: `${href}/revise`, csrfToken: visit.csrfToken, once },
  html`<input type="hidden" name="base" value="${base}">`,
  textarea({
    id: 'reason',
    name: 'reason',
    label: { text: 'Why it is being revised' },
    hint: { text: 'The revision before stays, with this reason beside it' },
    value: fieldText(fields.form, 'reason'),
    rows: 2,
    errorMessage: problemBeside(fields.problems, 'reason'),
    attributes: { dir: 'auto' },
  }),
  incidentFieldsView(fields),
  button({ text: 'Save this revision', preventDoubleClick: true }),
)}`
  return staffPage(visit, {
    title: titleWithProblems(title, fields.problems),
    body,
    back: { href, text: `Back to incident ${number}` },
  })
}
