import type { FormProblem } from '../../../foundation/decision.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { button } from '../../../web/components/button.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { startForm } from '../../../web/form.ts'
import { type Html, html } from '../../../web/html.ts'
import type { FormFields } from '../../../web/request.ts'
import { followUpOutcomes, sayFollowUpOutcome } from '../../follow-up.ts'
import type { AppointmentFile } from '../../operations/load-appointment.ts'

export type FollowUpView = {
  readonly file: Pick<AppointmentFile, 'followUp' | 'zone'>
  readonly typed: FormFields
  readonly problems: readonly FormProblem[]
}

/**
 * The task that is raised when a client did not come: assess the risk, try the agreed safe channel. Never a message.
 */
export function followUpView(
  visit: CaseVisit,
  path: string,
  { file, typed, problems }: FollowUpView,
  mayChange: boolean,
): Html {
  const { followUp, zone } = file
  if (!followUp) return html``
  const heading = html`<h2 class="govuk-heading-m" id="follow-up-heading">${
    followUp.because === 'did-not-attend' ? 'The client did not come' : 'The client left early'
  }</h2>`
  const tried = `Tried ${followUp.tries === 1 ? 'once' : `${followUp.tries} times`}${
    followUp.lastTryAt ? `, last on ${sayMoment(followUp.lastTryAt, zone)}` : ''
  }.`
  if (followUp.closedAt && followUp.outcome)
    return html`${heading}<p class="govuk-body">${sayFollowUpOutcome(followUp.outcome)}, on ${sayMoment(followUp.closedAt, zone)}. ${tried}</p>${
      followUp.words !== '' && html`<p class="govuk-body keeps-lines" dir="auto">${followUp.words}</p>`
    }`
  const { choose, words } = fieldWriter(typed, problems)
  return html`${heading}${insetText({
    html: html`<p class="govuk-body">A missed appointment can be the first sign of harm. Assess the risk with a colleague: what has changed, and is anybody in danger now? Then try a way that may be used now: each stands above with what is known of it, and ${visit.sees('contact', 'read') ? html`<a class="govuk-link" href="/cases/${visit.caseId}/contact">what was agreed</a>` : 'what was agreed'} on its page. Do not write that an appointment was missed. Tell the person who referred the client, and the IDVA, where that was agreed.</p>
<p class="govuk-body">${tried} By the clinic’s rule for this risk, try ${followUp.triesNeeded === 1 ? 'at least once' : `at least ${followUp.triesNeeded} times`}. A welfare check by the police is a person’s decision.</p>`,
  })}${
    mayChange &&
    startForm(
      { action: `${path}/follow-up`, csrfToken: visit.csrfToken },
      choose('did', 'What did you do?', [
        { value: 'tried', text: 'Tried the agreed safe way, without an answer' },
        ...followUpOutcomes.map(each => ({ value: each, text: sayFollowUpOutcome(each) })),
      ]),
      words('followUpNote', 'What you found, and how you judge the risk (optional)', {
        hint: 'Kept sealed, when this comes to an end.',
      }),
      button({ text: 'Record the step', classes: 'govuk-button--secondary' }),
    )
  }`
}
