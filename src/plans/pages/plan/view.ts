import type { CaseVisit } from '../../../identity/route.ts'
import { button } from '../../../web/components/button.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { startForm } from '../../../web/form.ts'
import { type Html, html } from '../../../web/html.ts'
import { feltItems } from '../parts/felt-field.ts'
import type { PlanForm } from '../parts/plan-view.ts'

/** The form that makes a plan when there is none. */
export function makePlanView(visit: CaseVisit, { mayChange, typed, problems, once }: PlanForm): Html {
  const none = html`<p class="govuk-body" id="plan-state">This case has no safety plan yet.</p>`
  if (!mayChange) return none
  const { date, choose } = fieldWriter(typed, problems)
  return html`${none}<p class="govuk-body">A plan runs from 3 to 6 months and is looked at again after a week, after a month and then every month, and whenever something changes.</p>${startForm(
    { action: `/cases/${visit.caseId}/plan`, csrfToken: visit.csrfToken, once },
    date('startsOn', 'When does the plan start?', { hint: 'For example, 2 3 2026' }),
    date('endsOn', 'When does it end?', {
      hint: '3 to 6 months after it starts. It can be extended at a review',
    }),
    choose('safetyAtStart', 'How safe does the client feel now? (optional)', feltItems, { inline: true }),
    button({ text: 'Make the plan', preventDoubleClick: true }),
  )}`
}
