import { type Attributes, joinClasses, writeAttributes } from '../attributes.ts'
import { hasContent, type OptionalContent, writeContent } from '../content.ts'
import { type Html, html } from '../html.ts'

export type BackLinkOptions = OptionalContent & {
  readonly href?: string | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

/** The GOV.UK back link. */
export function backLink(options: BackLinkOptions): Html {
  return html`<a${writeAttributes({
    href: options.href || '#',
    class: joinClasses('govuk-back-link', options.classes),
    ...options.attributes,
  })}>${hasContent(options) ? writeContent(options) : 'Back'}</a>`
}
