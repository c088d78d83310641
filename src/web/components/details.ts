import { type Attributes, joinClasses, writeAttributes } from '../attributes.ts'
import { type OptionalContent, writeContent } from '../content.ts'
import { type Html, html } from '../html.ts'

export type DetailsOptions = OptionalContent & {
  readonly summary: OptionalContent
  readonly open?: boolean | undefined
  readonly id?: string | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

/** The GOV.UK details. */
export function details(options: DetailsOptions): Html {
  return html`<details${writeAttributes({
    id: options.id,
    class: joinClasses('govuk-details', options.classes),
    ...options.attributes,
    open: options.open,
  })}><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${writeContent(
    options.summary,
  )}</span></summary><div class="govuk-details__text">${writeContent(options)}</div></details>`
}
