import { type Attributes, joinClasses, writeAttributes } from '../attributes.ts'
import { type OptionalContent, writeContent } from '../content.ts'
import { type Html, html } from '../html.ts'

export type WarningTextOptions = OptionalContent & {
  readonly iconFallbackText?: string | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

/** The GOV.UK warning text. */
export function warningText(options: WarningTextOptions): Html {
  return html`<div${writeAttributes({
    class: joinClasses('govuk-warning-text', options.classes),
    ...options.attributes,
  })}><span class="govuk-warning-text__icon" aria-hidden="true">!</span>
<strong class="govuk-warning-text__text"><span class="govuk-visually-hidden">${
    options.iconFallbackText || 'Warning'
  }</span> ${writeContent(options)}</strong></div>`
}
