import { details } from '../../../web/components/details.ts'
import { type Html, html } from '../../../web/html.ts'
import { writeSharingPromise } from '../../sharing-promise.ts'

/** What the clinic promises about sharing, in the words it is made of, wherever a page makes it. */
export function sharingPromise(): Html {
  const { lead, only, how } = writeSharingPromise()
  return html`<p class="govuk-body">${lead}</p><ul class="govuk-list govuk-list--bullet">${only.map(line => html`<li>${line}</li>`)}</ul><p class="govuk-body">${how}</p>`
}

/** The same, folded, where staff read it to somebody or look it up. */
export function foldedPromise(): Html {
  return details({ summary: { text: 'What the client is promised about sharing' }, html: sharingPromise() })
}
