import { sayWhen } from '../../../chronology/say-when.ts'
import { type OrderId, parseId } from '../../../foundation/ids.ts'
import { mostCounted, readPlaceInList } from '../../../foundation/page-of-list.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import type { Answer } from '../../../web/answer.ts'
import { listCount, listPages } from '../../../web/components/list-pages.ts'
import { listTable } from '../../../web/components/list-table.ts'
import { type Html, html } from '../../../web/html.ts'
import type { PageRequest } from '../../../web/request.ts'
import { listOtherIncidents, type OtherIncidents } from '../../operations/list-other-incidents.ts'
import { noOrder, orderPage } from '../parts/order-frame.ts'

const clipped = (text: string): string => (text.length > 160 ? `${text.slice(0, 160)}…` : text)

/**
 * Every incident that is not listed beside an order, the last made first, so that a person can record any of them as a
 * breach.
 */
export async function showOtherIncidents(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const orderId = parseId<OrderId>(request.params['order'] ?? '')
  const place = readPlaceInList(name => request.query.get(name))
  const found =
    orderId &&
    (await visit.onCase(transaction => listOtherIncidents(transaction, visit.caseId, orderId, place)))
  if (!found) return noOrder()
  const path = `/cases/${visit.caseId}/orders/${orderId}`
  return orderPage(visit, {
    title: 'Record a breach',
    back: { href: path, text: 'Back to the order' },
    body: html`<p class="govuk-body">The program looks at dates, acts and terms that people typed in. You may know more. Choose the incident; on the next page you say why, and it is kept as your decision.</p>${othersView(found, path)}`,
  })
}

function othersView({ list, isPart }: OtherIncidents, path: string): Html {
  if (!list)
    return html`<p class="govuk-body">The chronology is not shared with you, so incidents cannot be listed.</p>`
  const pages = { list, one: 'incident', many: 'incidents', address: `${path}/breaches` }
  const through = mostCounted.toLocaleString('en-GB')
  return html`${isPart && html`<p class="govuk-body">${through} incidents are gone through at a time. There are more, made before these.</p>`}${
    list.lines.length === 0
      ? html`<p class="govuk-body">${isPart || list.after !== null ? 'Every incident among these' : 'Every incident'} is listed beside this order already.</p>`
      : html`${listCount(pages)}${listTable({
          caption: 'Incidents that are not listed beside this order, the last made first',
          head: ['Incident', 'When', 'What happened'],
          rows: list.lines.map(({ incidentId, number, newest }) => [
            {
              html: html`<a class="govuk-link" href="${path}/breaches/${incidentId}">Incident ${number}</a>`,
            },
            { text: sayWhen(newest.when, newest.zone) },
            { html: html`<bdi>${clipped(newest.what)}</bdi>` },
          ]),
        })}`
  }${listPages(pages)}`
}
