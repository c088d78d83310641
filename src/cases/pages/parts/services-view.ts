import type { FoundService } from '../../../directory/find-services.ts'
import { sayOpeningHours, sayOpenness } from '../../../directory/opening.ts'
import { sayDay } from '../../../foundation/calendar-day.ts'
import { type Html, html } from '../../../web/html.ts'

/**
 * Services with their numbers, their hours and whether somebody answers now. Those that were not checked lately say so
 * once: each by itself, or, where it is true of all on a page, all of them together at its top.
 */
export function serviceListsView(
  lists: readonly {
    readonly found: readonly FoundService[]
    readonly level: 2 | 3
    readonly heading?: Html
  }[],
): Html {
  const all = lists.flatMap(({ found }) => found)
  const areAllUnchecked = all.length > 0 && all.every(({ status }) => status === 'unchecked')
  return html`${
    areAllUnchecked &&
    html`<p class="govuk-hint">We have not checked these entries lately. Some numbers or hours may have changed.</p>`
  }${lists.map(
    ({ found, level, heading }) =>
      found.length > 0 && html`${heading}${found.map(each => showService(each, level, !areAllUnchecked))}`,
  )}`
}

function showService(
  { service, openness, status, checkedOn }: FoundService,
  level: 2 | 3,
  saysStanding: boolean,
): Html {
  const title =
    level === 2
      ? html`<h2 class="govuk-heading-s govuk-!-margin-bottom-1">${service.name}</h2>`
      : html`<h3 class="govuk-heading-s govuk-!-margin-bottom-1">${service.name}</h3>`
  const hours = sayOpeningHours(service.open, service.hours)
  // Hours that are not known say so by themselves, once.
  const now = openness.kind !== 'unknown' && html`${sayOpenness(openness)}<br>`
  const trust = {
    checked: checkedOn && `Checked on ${sayDay(checkedOn)}.`,
    unchecked: 'We have not checked this entry lately: the number or the hours may have changed.',
    wrong: 'Somebody here found that this entry may be wrong. Look at their own page first.',
  }[status]
  return html`${title}
<p class="govuk-body">${
    service.number
      ? html`<strong>${service.number}</strong>, ${hours}<br>${now}`
      : (service.open ?? service.hours) && html`${hours}<br>${now}`
  }${service.says}${
    service.url &&
    html`<br><a class="govuk-link" href="${service.url}" rel="noreferrer noopener nofollow">${service.url.replace(/^https:\/\//, '')}</a>`
  }${saysStanding && trust && html`<br><span class="govuk-hint">${trust}</span>`}</p>`
}
