import type { CaseVisit } from '../../../identity/route.ts'
import { table } from '../../../web/components/table.ts'
import { type Html, html } from '../../../web/html.ts'
import type { OrdersOfCase } from '../../operations/load-orders.ts'
import { findGrounds, sayGround, sayLimb } from '../../spo-grounds.ts'

/** The three grounds, each with the incidents that speak for it and what the file does not show yet. */
export function groundsPart(visit: CaseVisit, all: OrdersOfCase): Html {
  if (!all.knowsIncidents)
    return html`<p class="govuk-body">The chronology is not shared with you, so the grounds cannot be shown.</p>`
  const grounds = findGrounds(all.incidents, all.zone, visit.clinic.clock.now())
  const linkOf = (number: number): Html => {
    const found = all.incidents.find(each => each.number === number)
    return html`<a class="govuk-link" href="/cases/${visit.caseId}/incidents/${found?.incidentId ?? ''}">Incident ${number}</a> `
  }
  return html`${grounds.map(({ ground, limbs }) =>
    table({
      caption: sayGround(ground),
      captionClasses: 'govuk-table__caption--m',
      head: [{ text: 'What speaks for it' }, { text: 'In the file' }],
      rows: limbs.map(({ limb, incidents }) => [
        { text: sayLimb(limb) },
        { html: incidents.length === 0 ? html`Nothing yet` : html`${incidents.map(linkOf)}` },
      ]),
    }),
  )}`
}
