import type { CaseVisit } from '../../../identity/route.ts'
import { button } from '../../../web/components/button.ts'
import { notificationBanner } from '../../../web/components/notification-banner.ts'
import { scrollingRegion } from '../../../web/components/scrolling-region.ts'
import { table } from '../../../web/components/table.ts'
import { type Html, html } from '../../../web/html.ts'
import { meaningOfBreach, sayBreachTime } from '../../breach.ts'
import { findOrderState, sayOrderState } from '../../expiry.ts'
import type { BreachLine, OrdersOfCase } from '../../operations/load-orders.ts'
import { lawOf, sayOrderKind } from '../../order-law.ts'
import { sayServed } from '../../say-served.ts'
import { breachLinkView } from '../parts/breach-view.ts'
import { sayEnd } from '../parts/say-end.ts'

const mostInBanner = 10

/** Every order with its state; what may be a breach; links to record an order and to ask for one. */
export function ordersView(visit: CaseVisit, all: OrdersOfCase, mayChange: boolean): Html {
  const base = `/cases/${visit.caseId}/orders`
  const open = all.breaches.filter(each => each.decisions.length === 0)
  return html`${
    open.length > 0 &&
    notificationBanner({
      title: { text: open.length === 1 ? 'A possible breach' : 'Possible breaches' },
      html: html`<ul class="govuk-list govuk-list--bullet">${open
        .slice(0, mostInBanner)
        .map(
          each =>
            html`<li>${mayChange ? breachLinkView(base, each) : `Incident ${each.number}`}: ${sayBreachTime(each.doubts, lawFor(all, each)).join('. ')}</li>`,
        )}</ul>${open.length > mostInBanner && html`<p class="govuk-body">And ${open.length - mostInBanner} more: each order’s page lists its own.</p>`}<p class="govuk-body">${meaningOfBreach}</p><p class="govuk-body">Urge and help the client to report it the same day. The client decides.</p>`,
    })
  }${
    all.orders.length === 0
      ? html`<p class="govuk-body">There are no orders in this case yet.</p>`
      : scrollingRegion({
          label: 'Orders',
          html: table({
            caption: 'Orders',
            captionClasses: 'govuk-visually-hidden',
            head: [{ text: 'Order' }, { text: 'Where it stands' }, { text: 'Served' }, { text: 'Ends' }],
            rows: all.orders.map(({ orderId, order }) => [
              {
                html: html`<a class="govuk-link" href="${base}/${orderId}">${sayOrderKind(order.kind)}</a>`,
              },
              { text: sayOrderState(findOrderState(order, all.today), order.kind) },
              { text: sayServed(order, all.zone) },
              { text: sayEnd(order, all.today) },
            ]),
          }),
        })
  }${
    mayChange &&
    html`<div class="govuk-button-group">${button({ text: 'Record an order', href: `${base}/new` })}${button({
      text: 'Ask for a Stalking Protection Order',
      href: `${base}/request`,
      classes: 'govuk-button--secondary',
    })}</div>`
  }${!all.knowsIncidents && html`<p class="govuk-body">The chronology is not shared with you, so incidents were not compared with the orders.</p>`}`
}

/** The law of the order that an entry is beside. */
export function lawFor(all: OrdersOfCase, { orderId }: Pick<BreachLine, 'orderId'>) {
  return lawOf(all.orders.find(each => each.orderId === orderId)?.order.kind ?? 'other')
}
