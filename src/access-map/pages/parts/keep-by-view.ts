import { sayDay } from '../../../foundation/calendar-day.ts'
import { type Html, html } from '../../../web/html.ts'
import type { KeepBy } from '../../inventory/keep-by.ts'

/** What goes by itself, the first to go first: by which day it is to be kept, or that it may be gone. Nothing where nothing goes. */
export function keepByView(base: string, all: readonly KeepBy[]): Html {
  if (all.length === 0) return html``
  return html`<h2 class="govuk-heading-m" id="keep-by">To be kept before it goes by itself</h2><p class="govuk-body">Counted from the day on which each was put on the map. What was there before that day goes sooner: keep it as soon as that is safe.</p><ul class="govuk-list govuk-list--bullet">${all.map(
    ({ thingId, words, by, isPast }) =>
      html`<li>${isPast ? html`<strong>May be gone since ${sayDay(by)}:</strong>` : html`<strong>By ${sayDay(by)}:</strong>`} <a class="govuk-link" href="${base}/things/${thingId}"><bdi>${words}</bdi></a></li>`,
  )}</ul>`
}
