import { type Html, html } from '../../../web/html.ts'
import type { BreachLine } from '../../operations/load-orders.ts'

/** The link to a possible breach. */
export function breachLinkView(base: string, breach: BreachLine): Html {
  return html`<a class="govuk-link" href="${base}/${breach.orderId}/breaches/${breach.incidentId}">Incident ${breach.number}</a>`
}
