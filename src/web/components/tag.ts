import { type Attributes, joinClasses, writeAttributes } from '../attributes.ts'
import { type OptionalContent, writeContent } from '../content.ts'
import { type Html, html } from '../html.ts'

export type TagOptions = OptionalContent & {
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

/** The GOV.UK tag. */
export function tag(options: TagOptions): Html {
  return html`<strong${writeAttributes({
    class: joinClasses('govuk-tag', options.classes),
    ...options.attributes,
  })}>${writeContent(options)}</strong>`
}
