import type { FoundService } from '../../../directory/find-services.ts'
import { type Html, html } from '../../../web/html.ts'

/** Services with their numbers and hours; a number that was not checked lately says so. */
export function serviceList(found: readonly FoundService[], level: 2 | 3): Html {
  const heading = (name: string): Html =>
    level === 2
      ? html`<h2 class="govuk-heading-s govuk-!-margin-bottom-1">${name}</h2>`
      : html`<h3 class="govuk-heading-s govuk-!-margin-bottom-1">${name}</h3>`
  return html`${found.map(
    ({ service, isStale }) => html`${heading(service.name)}
<p class="govuk-body">${
      service.number &&
      html`<strong>${service.number}</strong>${service.hours && html`, ${service.hours}`}<br>`
    }${service.says}${
      service.url &&
      html`<br><a class="govuk-link" href="${service.url}" rel="noreferrer noopener nofollow">${service.url.replace(/^https:\/\//, '')}</a>`
    }${
      isStale &&
      html`<br><span class="govuk-hint">We have not checked this entry lately: the number may have changed.</span>`
    }</p>`,
  )}`
}
