import { type Attributes, joinClasses, writeAttributes } from '../attributes.ts'
import { type OptionalContent, writeContent } from '../content.ts'
import { type Html, html } from '../html.ts'

export type SkipLinkOptions = OptionalContent & {
  readonly href?: string | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

/** The GOV.UK skip link. */
export function skipLink(options: SkipLinkOptions): Html {
  return html`<a${writeAttributes({
    href: options.href || '#content',
    class: joinClasses('govuk-skip-link', options.classes),
    ...options.attributes,
    'data-module': 'govuk-skip-link',
  })}>${writeContent(options)}</a>`
}
