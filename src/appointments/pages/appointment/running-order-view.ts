import type { CaseVisit } from '../../../identity/route.ts'
import { summaryList } from '../../../web/components/summary-list.ts'
import { type Html, html } from '../../../web/html.ts'
import { findRunningOrder } from '../../running-order.ts'

const places = {
  contact: { part: 'contact', text: 'Safe contact', path: '/contact' },
  map: { part: 'map', text: 'Access map', path: '/map' },
  plan: { part: 'plan', text: 'Safety plan', path: '/plan' },
} as const

/** The order of the appointment, with a link to each part of the case where something is written down. */
export function runningOrderView(visit: CaseVisit, minutes: number): Html {
  return html`<h2 class="govuk-heading-m">Running order</h2>
<p class="govuk-body">A guide, not a list to get through. Most clients need several appointments.</p>${summaryList(
    {
      rows: findRunningOrder(minutes).map(step => {
        const place = step.leadsTo && places[step.leadsTo]
        return {
          key: { text: `${step.from} to ${step.until} minutes` },
          value: { text: step.does },
          actions:
            place && visit.sees(place.part, 'read')
              ? { items: [{ href: `/cases/${visit.caseId}${place.path}`, text: place.text }] }
              : undefined,
        }
      }),
    },
  )}`
}
