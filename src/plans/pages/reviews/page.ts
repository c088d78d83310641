import { sayDay } from '../../../foundation/calendar-day.ts'
import { readPlaceInList } from '../../../foundation/page-of-list.ts'
import type { StaffVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import { listCount, listPages } from '../../../web/components/list-pages.ts'
import { listTable } from '../../../web/components/list-table.ts'
import { html } from '../../../web/html.ts'
import type { PageRequest } from '../../../web/request.ts'
import { listReviewsDue } from '../../operations/list-reviews-due.ts'

/** The plans whose review by date is due, of the cases this person works on. */
export async function showReviewsDue({ query }: PageRequest, visit: StaffVisit): Promise<Answer> {
  const place = readPlaceInList(name => query.get(name))
  const alarmed = visit.alarms.map(each => each.caseId)
  const list = await visit.clinic.database.transaction(visit.actor, transaction =>
    listReviewsDue(transaction, alarmed, place),
  )
  const pages = { list, one: 'review', many: 'reviews', address: '/reviews' }
  const title = 'Reviews due'
  const body = html`<h1 class="govuk-heading-l">${title}</h1>${
    list.count === 0
      ? html`<p class="govuk-body">No review is due by its date. A review that something else asks for stands on the page of its plan.</p>`
      : html`${listCount(pages)}${listTable({
          caption: 'Safety plans to be looked at again, the oldest date first',
          head: ['Case', 'Client', 'Due'],
          rows: list.lines.map(line => [
            {
              html: html`<a class="govuk-link" href="/cases/${line.caseId}/plan">${line.reference}</a>`,
            },
            { html: html`<bdi>${line.clientName}</bdi>` },
            { text: sayDay(line.dueOn) },
          ]),
        })}${listPages(pages)}`
  }`
  return showPage(staffPage(visit, { title, body }))
}
