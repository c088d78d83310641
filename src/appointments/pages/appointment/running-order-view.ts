import type { CaseVisit } from '../../../identity/route.ts'
import { scrollingRegion } from '../../../web/components/scrolling-region.ts'
import { table } from '../../../web/components/table.ts'
import { type Html, html } from '../../../web/html.ts'
import { findRunningOrder } from '../../running-order.ts'

const places = {
  contact: { text: 'Safe contact', path: '/contact' },
  map: { text: 'Access map', path: '/map' },
  plan: { text: 'Safety plan', path: '/plan' },
} as const

/** The order of the appointment, with the way to each part of the case where something is written down. */
export function runningOrderPart(visit: CaseVisit, minutes: number): Html {
  return html`<h2 class="govuk-heading-m">Running order</h2>
<p class="govuk-body">A guide, not a list to get through. Most clients need several appointments.</p>${scrollingRegion(
    {
      label: 'Running order',
      html: table({
        caption: 'Running order',
        captionClasses: 'govuk-visually-hidden',
        head: [{ text: 'Minutes' }, { text: 'What to do' }, { text: 'Where' }],
        rows: findRunningOrder(minutes).map(step => {
          const place = step.leadsTo && places[step.leadsTo]
          return [
            { text: `${step.from} to ${step.until}` },
            { text: step.does },
            place
              ? {
                  html: html`<a class="govuk-link" href="/cases/${visit.caseId}${place.path}">${place.text}</a>`,
                }
              : { text: 'Notes' },
          ]
        }),
      }),
    },
  )}`
}
