import type { FoundService } from '../../../directory/find-services.ts'
import { type Html, html } from '../../../web/html.ts'

/** Services with their numbers and hours; a number that was not checked lately says so. */
export function serviceList(found: readonly FoundService[]): Html {
  return html`${found.map(
    ({ service, isStale }) => html`<h3 class="govuk-heading-s govuk-!-margin-bottom-1">${service.name}</h3>
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
