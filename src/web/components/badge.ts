import { type Attributes, joinClasses, writeAttributes } from '../attributes.ts'
import { type OptionalContent, writeContent } from '../content.ts'
import { type Html, html } from '../html.ts'

export type BadgeOptions = OptionalContent & {
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

/** The MoJ badge. */
export function badge(options: BadgeOptions): Html {
  return html`<span${writeAttributes({
    class: joinClasses('moj-badge', options.classes),
    ...options.attributes,
  })}>${writeContent(options)}</span>`
}
