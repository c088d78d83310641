import { type Html, html } from '../../../web/html.ts'
import { writeSharingPromise } from '../../sharing-promise.ts'

/** What the clinic promises about sharing, in the words it is made of, wherever a page makes it. */
export function sharingPromise(): Html {
  const { lead, only, how } = writeSharingPromise()
  return html`<p class="govuk-body">${lead}</p><ul class="govuk-list govuk-list--bullet">${only.map(line => html`<li>${line}</li>`)}</ul><p class="govuk-body">${how}</p>`
}
