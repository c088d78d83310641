import { sayActCode } from '../../../chronology/act-codes.ts'
import { sayWhen } from '../../../chronology/say-when.ts'
import { sayDay } from '../../../foundation/calendar-day.ts'
import { sayRecorded } from '../../../foundation/of-another-version.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { button } from '../../../web/components/button.ts'
import { details } from '../../../web/components/details.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { scrollingRegion } from '../../../web/components/scrolling-region.ts'
import { summaryList } from '../../../web/components/summary-list.ts'
import { table } from '../../../web/components/table.ts'
import { tag } from '../../../web/components/tag.ts'
import { startForm } from '../../../web/form.ts'
import { type Html, html } from '../../../web/html.ts'
import { meaningOfBreach, sayBreachTime } from '../../breach.ts'
import { findOrderState, sayOrderState } from '../../expiry.ts'
import { findNotification, sayNotification } from '../../notification.ts'
import type { BreachLine, OrderRevision, OrdersOfCase } from '../../operations/load-orders.ts'
import { isMade, type Order, sayEventKind } from '../../order.ts'
import type { OrderChangeCode } from '../../order-change.ts'
import { lawOf } from '../../order-law.ts'
import { sayNotFound } from '../../say-not-found.ts'
import { sayKnew, sayMade, sayServed } from '../../say-served.ts'
import type { Term } from '../../terms.ts'
import { breachLinkView } from '../parts/breach-view.ts'
import type { OrderOfCase } from '../parts/order-frame.ts'
import { sayEnd } from '../parts/say-end.ts'
import { lawView } from './law-view.ts'

type OrderView = OrderOfCase & { readonly revisions: readonly OrderRevision[]; readonly mayChange: boolean }

/** An order on a page. */
export function orderView(visit: CaseVisit, view: OrderView): Html {
  const { file, all, mayChange } = view
  const path = `/cases/${visit.caseId}/orders/${file.orderId}`
  const breaches = all.breaches.filter(each => each.orderId === file.orderId)
  return html`${summaryList({ rows: rowsOf(view) })}${
    mayChange &&
    html`<div class="govuk-button-group">${button({ text: 'Correct or complete', href: `${path}/correct`, classes: 'govuk-button--secondary' })}${button(
      {
        text: 'Record what happened to it',
        href: `${path}/event`,
        classes: 'govuk-button--secondary',
      },
    )}</div>`
  }${
    file.order.requestedOn !== null &&
    html`<p class="govuk-body"><a class="govuk-link" href="${path}/request">The request to the police, for printing</a></p>`
  }<h2 class="govuk-heading-m">Possible breaches</h2>${insetText({ text: meaningOfBreach })}${breachesPart(visit, view, breaches)}
<h2 class="govuk-heading-m">Terms</h2>${termsPart(visit, view, path)}
${eventsPart(view)}
${lawView(lawOf(file.order.kind), all.today)}
${details({
  summary: { text: 'Every state this order has had' },
  html: html`<ul class="govuk-list govuk-list--bullet">${view.revisions.map(
    each =>
      html`<li>${sayMoment(each.at, all.zone)}, <bdi>${each.byName}</bdi>: ${sayChange(each.change)}</li>`,
  )}</ul>`,
})}`
}

function rowsOf({ file, all }: OrderView) {
  const { order } = file
  const row = (key: string, text: string) => ({
    key: { text: key },
    value: { html: html`<bdi>${text}</bdi>` },
  })
  const some = (key: string, text: string) => (text === '' ? [] : [row(key, text)])
  const law = lawOf(order.kind)
  return [
    row('Where it stands', sayOrderState(findOrderState(order, all.today), order.kind)),
    ...some('Court', order.court),
    ...some('Police force', order.force),
    ...some('Reference', order.reference),
    ...some('Asked for', order.requestedOn === null ? '' : sayDay(order.requestedOn)),
    ...some('Applied for', order.appliedOn === null ? '' : sayDay(order.appliedOn)),
    row('Made', sayMade(order)),
    ...some('Lasts until', sayEnd(order, all.today)),
    ...some('They knew of it', sayKnew(order, all.zone)),
    row('Served', sayServed(order, all.zone)),
    ...some(
      'Names and address to the police',
      sayNotification(findNotification(order, all.zone, all.today), law),
    ),
  ]
}

function breachesPart(
  visit: CaseVisit,
  { file, all, mayChange }: OrderView,
  lines: readonly BreachLine[],
): Html {
  if (!all.knowsIncidents)
    return html`<p class="govuk-body">The chronology is not shared with you, so incidents were not compared with this order.</p>`
  const any =
    mayChange &&
    all.incidents.length > 0 &&
    html`<p class="govuk-body"><a class="govuk-link" href="/cases/${visit.caseId}/orders/${file.orderId}/breaches">Record a breach by an incident that is not listed here</a></p>`
  if (lines.length === 0) return html`<p class="govuk-body">${sayNoneFound(file.order, all)}</p>${any}`
  const law = lawOf(file.order.kind)
  const base = `/cases/${visit.caseId}/orders`
  return html`${scrollingRegion({
    label: 'Possible breaches',
    html: table({
      caption: 'Breach diary',
      captionClasses: 'govuk-visually-hidden',
      head: [{ text: 'Incident' }, { text: 'When' }, { text: 'Terms' }, { text: 'What people made of it' }],
      rows: lines.map(line => {
        const newest = line.decisions.at(-1)
        const incident = all.incidents.find(each => each.incidentId === line.incidentId)
        return [
          { html: mayChange ? breachLinkView(base, line) : html`Incident ${line.number}` },
          {
            html: html`${incident && html`<div>${sayWhen(incident.newest.when, incident.newest.zone)}</div>`}${
              line.isFound
                ? sayBreachTime(line.doubts, law).map(each => html`<div>${each}</div>`)
                : html`<div>${incident && sayNotFound(incident, file.order, all.zone)} Recorded by a person</div>`
            }`,
          },
          {
            html: html`${!line.isCoded && line.isFound && html`<div>No act is named, so it may be any of:</div>`}${line.terms.map(
              term => html`<div><bdi>${term.words}</bdi></div>`,
            )}`,
          },
          {
            html: newest
              ? html`${tag({
                  text: newest.isConfirmed ? 'Taken for a breach' : 'Not taken for a breach',
                  classes: newest.isConfirmed ? 'govuk-tag--red' : 'govuk-tag--grey',
                })}<br><bdi>${newest.reason}</bdi>${
                  newest.policeReference !== '' &&
                  html`<br>Police reference <bdi>${newest.policeReference}</bdi>`
                }`
              : html`${tag({ text: 'Possible', classes: 'govuk-tag--yellow' })}`,
          },
        ]
      }),
    }),
  })}${any}`
}

/** Why nothing is listed. What could not be compared is never called nothing. */
function sayNoneFound(order: Order, all: OrdersOfCase): string {
  if (!isMade(order)) return 'It is not made yet, so nothing was compared with it.'
  if (order.terms.length === 0)
    return 'Whether an incident falls under it cannot be known: no terms are recorded. Add them.'
  if (all.incidents.length === 0)
    return 'Whether something falls under it cannot be known: there are no incidents in the file yet.'
  const count =
    all.incidents.length === 1 ? 'The one incident' : `None of the ${all.incidents.length} incidents`
  return `${count} in the file was ${all.incidents.length === 1 ? 'not ' : ''}found to fall under a term between the making and the end, by the dates and acts recorded now. That does not mean that there was no breach.`
}

function termsPart(visit: CaseVisit, { file, mayChange }: OrderView, path: string): Html {
  const { terms } = file.order
  return html`${
    terms.length === 0
      ? html`<p class="govuk-body">No terms are recorded. Without terms no incident can be compared with the order.</p>`
      : html`<ul class="govuk-list govuk-list--bullet govuk-list--spaced">${terms.map(
          term =>
            html`<li><bdi>${term.words}</bdi>${sayTimes(term)}<br><span class="govuk-hint">${
              term.codes.length === 0 ? 'May be breached by any act' : term.codes.map(sayActCode).join('; ')
            }</span>${
              mayChange &&
              term.until === null &&
              startForm(
                { action: `${path}/terms/${term.termId}/end`, csrfToken: visit.csrfToken },
                html`<input type="hidden" name="seen" value="${file.revision}">`,
                html`<button type="submit" class="link-button">Taken out of the order today<span class="govuk-visually-hidden">: ${term.words}</span></button>`,
              )
            }</li>`,
        )}</ul>`
  }${mayChange && html`<p class="govuk-body"><a class="govuk-link" href="${path}/terms">Add a term</a></p>`}`
}

function sayTimes(term: Term): string {
  const from = term.from === null ? '' : `, from ${sayDay(term.from)}`
  return `${from}${term.until === null ? '' : `, until ${sayDay(term.until)}`}`
}

function eventsPart({ file }: OrderView): Html {
  const { events } = file.order
  if (events.length === 0) return html``
  return html`<h2 class="govuk-heading-m">What happened to it</h2><ul class="govuk-list govuk-list--bullet">${events.map(
    each =>
      html`<li>${sayEventKind(each.kind)}, ${sayDay(each.on)}${each.note !== '' && html`: <bdi>${each.note}</bdi>`}</li>`,
  )}</ul>`
}

const changes = {
  'order-recorded': 'recorded',
  'order-asked-for': 'asked for',
  'order-served': 'service recorded',
  'order-corrected': 'corrected or completed',
  'term-added': 'a term added',
  'term-ended': 'a term taken out',
  'order-varied': 'varied',
  'order-renewed': 'renewed',
  'order-discharged': 'discharged',
  'order-determined': 'the main application was decided',
  'order-new-name': 'a new name recorded',
  'order-new-address': 'a new address recorded',
  'order-refused': 'refused, or not applied for',
  'order-notified': 'notification recorded',
} as const satisfies Readonly<Record<OrderChangeCode, string>>

function sayChange(change: string): string {
  return sayRecorded(changes, change, 'changed, in a way that this version of the program has no words for')
}
