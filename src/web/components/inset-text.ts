import { type Attributes, joinClasses, writeAttributes } from '../attributes.ts'
import { type OptionalContent, writeContent } from '../content.ts'
import { type Html, html } from '../html.ts'

export type InsetTextOptions = OptionalContent & {
  readonly id?: string | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

/** The GOV.UK inset text. */
export function insetText(options: InsetTextOptions): Html {
  return html`<div${writeAttributes({
    id: options.id,
    class: joinClasses('govuk-inset-text', options.classes),
    ...options.attributes,
  })}>${writeContent(options)}</div>`
}
