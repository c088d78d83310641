import { type Attributes, joinClasses, writeAttributes } from '../attributes.ts'
import { type OptionalContent, writeContent } from '../content.ts'
import { type Html, html } from '../html.ts'

export type HintOptions = OptionalContent & {
  readonly id?: string | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

/** The GOV.UK hint. */
export function hint(options: HintOptions): Html {
  return html`<div${writeAttributes({
    id: options.id,
    class: joinClasses('govuk-hint', options.classes),
    ...options.attributes,
  })}>${writeContent(options)}</div>`
}
