import { sayDay } from '../../../foundation/calendar-day.ts'
import type { StaffVisit } from '../../../identity/route.ts'
import { putSecondPhraseFirst } from '../../../identity/second-phrase.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import { table } from '../../../web/components/table.ts'
import { html } from '../../../web/html.ts'
import type { PageRequest } from '../../../web/request.ts'
import { listReviewsDue } from '../../operations/list-reviews-due.ts'

/** The plans whose review by date is due, of the cases this person works on. */
export async function showReviewsDue(_request: PageRequest, visit: StaffVisit): Promise<Answer> {
  const due = await visit.clinic.database.transaction(visit.actor, listReviewsDue)
  const lines = putSecondPhraseFirst(due, visit.alarms)
  const title = 'Reviews due'
  const body = html`<h1 class="govuk-heading-l">${title}</h1>${
    lines.length === 0
      ? html`<p class="govuk-body">No review is due by its date. A review that something else asks for stands on the page of its plan.</p>`
      : table({
          caption: 'Safety plans to be looked at again',
          captionClasses: 'govuk-visually-hidden',
          head: [{ text: 'Case' }, { text: 'Client' }, { text: 'Due' }],
          rows: lines.map(line => [
            {
              html: html`<a class="govuk-link" href="/cases/${line.caseId}/plan">${line.reference}</a>`,
            },
            { html: html`<bdi>${line.clientName}</bdi>` },
            { text: sayDay(line.dueOn) },
          ]),
        })
  }`
  return showPage(staffPage(visit, { title, body }))
}
