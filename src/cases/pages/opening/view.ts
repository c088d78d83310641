import type { Agency } from '../../../directory/operations/list-agencies.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import type { StaffVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { button } from '../../../web/components/button.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { startForm } from '../../../web/form.ts'
import { problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import type { FormFields } from '../../../web/request.ts'
import type { ReferralFile } from '../../operations/read-referral.ts'
import { sayUrgency } from '../../red-flags.ts'
import { sayStalkerType } from '../../triage.ts'
import { findUsualParts } from '../../usual-parts.ts'
import { consentLines, consentPreambleView, howQuestions, partsField } from '../parts/consent-form.ts'

export type OpeningView = {
  readonly file: ReferralFile
  readonly agencies: readonly Agency[]
  readonly typed: FormFields
  readonly once: string
  readonly problems: readonly FormProblem[]
}

/** Which agencies the client agreed to, for which parts, how and until when. */
export function openingView(visit: StaffVisit, view: OpeningView): Html {
  const { referral, triage } = view.file
  const at = `/triage/${referral.caseId}`
  const { tick } = fieldWriter(view.typed, view.problems)
  return staffPage(visit, {
    title: titleWithProblems(`Open a case ${referral.reference}`, view.problems),
    back: { href: at },
    body: html`<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
${problemSummary(view.problems)}
<h1 class="govuk-heading-l">Open a case from ${referral.reference}</h1>
<p class="govuk-body"><bdi>${referral.clientName || 'No name yet'}</bdi>${
      triage && html`. ${sayStalkerType(triage.type)}, ${sayUrgency(triage.urgency).toLowerCase()}`
    }</p>
${consentPreambleView()}
<p class="govuk-body">The agency that leads the clinic keeps the file, and your own must see what they told us and consents: without these two no case can be opened.</p>
${startForm(
  { action: `${at}/open`, csrfToken: visit.csrfToken, once: view.once },
  tick(
    'agency',
    'Who may work on this case?',
    view.agencies.map(agency => ({
      value: agency.slug,
      text: agency.name,
      ...(agency.isLead ? { hint: 'Leads the clinic and keeps the file.' } : {}),
    })),
  ),
  ...view.agencies.map(agency =>
    tick(partsField(agency), `${agency.name} may see`, consentLines(findUsualParts(agency)), {
      hint: 'Tick these only if the client agreed to this agency.',
    }),
  ),
  howQuestions(view.typed, view.problems),
  button({ text: 'Continue', preventDoubleClick: true }),
)}
</div></div>`,
  })
}
