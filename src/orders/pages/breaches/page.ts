import { sayWhen } from '../../../chronology/say-when.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import type { Answer } from '../../../web/answer.ts'
import { pagination } from '../../../web/components/pagination.ts'
import { scrollingRegion } from '../../../web/components/scrolling-region.ts'
import { table } from '../../../web/components/table.ts'
import { html } from '../../../web/html.ts'
import type { PageRequest } from '../../../web/request.ts'
import { findOrder, noOrder, orderPage } from '../parts/order-frame.ts'

const pageSize = 50
const clipped = (text: string): string => (text.length > 160 ? `${text.slice(0, 160)}…` : text)

/**
 * Every incident that is not listed beside an order, newest first, so that a person can record any of them as a
 * breach.
 */
export async function showOtherIncidents(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const found = await findOrder(request, visit)
  if (!found) return noOrder()
  const { file, all } = found
  const path = `/cases/${visit.caseId}/orders/${file.orderId}`
  const listed = new Set(
    all.breaches.filter(each => each.orderId === file.orderId).map(each => each.incidentId),
  )
  const others = all.incidents.filter(each => !listed.has(each.incidentId)).reverse()
  const from = Math.min(Number(/^\d{1,6}$/.exec(request.query.get('from') ?? '')?.[0] ?? 0), others.length)
  const shown = others.slice(from, from + pageSize)
  const hrefOf = (start: number): string => `${path}/breaches?from=${start}`
  return orderPage(visit, {
    title: 'Record a breach',
    back: { href: path, text: 'Back to the order' },
    body: html`<p class="govuk-body">The program looks at dates, acts and terms that people typed in. You may know more. Choose the incident; on the next page you say why, and it is kept as your decision.</p>${
      shown.length === 0
        ? html`<p class="govuk-body">${all.knowsIncidents ? 'Every incident is listed beside this order already.' : 'The chronology is not shared with you, so incidents cannot be listed.'}</p>`
        : scrollingRegion({
            label: 'Incidents that are not listed beside this order',
            html: table({
              caption: 'Incidents that are not listed beside this order',
              captionClasses: 'govuk-visually-hidden',
              head: [{ text: 'Incident' }, { text: 'When' }, { text: 'What happened' }],
              rows: shown.map(({ incidentId, number, newest }) => [
                {
                  html: html`<a class="govuk-link" href="${path}/breaches/${incidentId}">Incident ${number}</a>`,
                },
                { text: sayWhen(newest.when, newest.zone) },
                { html: html`<bdi>${clipped(newest.what)}</bdi>` },
              ]),
            }),
          })
    }${pagination({
      landmarkLabel: 'Pages of incidents',
      previous: from > 0 ? { text: 'Newer', href: hrefOf(Math.max(0, from - pageSize)) } : undefined,
      next: from + pageSize < others.length ? { text: 'Older', href: hrefOf(from + pageSize) } : undefined,
    })}`,
  })
}
