import { type Attributes, joinClasses, writeAttributes } from '../attributes.ts'
import { hasContent, type OptionalContent, writeContent } from '../content.ts'
import { type Html, html } from '../html.ts'

export type LabelOptions = OptionalContent & {
  readonly for?: string | undefined
  readonly classes?: string | undefined
  readonly isPageHeading?: boolean | undefined
  readonly attributes?: Attributes | undefined
}

/** The GOV.UK label; nothing when it has no content. */
export function label(options: LabelOptions): Html {
  if (!hasContent(options)) return html``
  const element = html`<label${writeAttributes({
    class: joinClasses('govuk-label', options.classes),
    ...options.attributes,
    for: options.for || undefined,
  })}>${writeContent(options)}</label>`
  return options.isPageHeading ? html`<h1 class="govuk-label-wrapper">${element}</h1>` : element
}
