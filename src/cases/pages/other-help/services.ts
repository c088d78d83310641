import type { FoundService } from '../../../directory/find-services.ts'
import { type Html, html } from '../../../web/html.ts'

/** Services with their numbers and hours. Those that were not checked lately say so: each, or once for all of them. */
export function serviceList(found: readonly FoundService[], level: 2 | 3): Html {
  const allStale = found.every(({ isStale }) => isStale)
  const heading = (name: string): Html =>
    level === 2
      ? html`<h2 class="govuk-heading-s govuk-!-margin-bottom-1">${name}</h2>`
      : html`<h3 class="govuk-heading-s govuk-!-margin-bottom-1">${name}</h3>`
  return html`${
    allStale &&
    html`<p class="govuk-hint">We have not checked these entries lately. Some numbers or hours may have changed.</p>`
  }${found.map(
    ({ service, isStale }) => html`${heading(service.name)}
<p class="govuk-body">${
      service.number &&
      html`<strong>${service.number}</strong>${service.hours && html`, ${service.hours}`}<br>`
    }${service.says}${
      service.url &&
      html`<br><a class="govuk-link" href="${service.url}" rel="noreferrer noopener nofollow">${service.url.replace(/^https:\/\//, '')}</a>`
    }${
      isStale &&
      !allStale &&
      html`<br><span class="govuk-hint">We have not checked this entry lately: the number may have changed.</span>`
    }</p>`,
  )}`
}
