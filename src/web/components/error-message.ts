import { type Attributes, joinClasses, writeAttributes } from '../attributes.ts'
import { type OptionalContent, writeContent } from '../content.ts'
import { type Html, html } from '../html.ts'

export type ErrorMessageOptions = OptionalContent & {
  readonly id?: string | undefined
  readonly classes?: string | undefined
  /** What a screen reader says first; empty leaves it out. */
  readonly visuallyHiddenText?: string | undefined
  readonly attributes?: Attributes | undefined
}

/** The GOV.UK error message. */
export function errorMessage(options: ErrorMessageOptions): Html {
  const spoken = options.visuallyHiddenText ?? 'Error'
  return html`<p${writeAttributes({
    id: options.id,
    class: joinClasses('govuk-error-message', options.classes),
    ...options.attributes,
  })}>${spoken && html`<span class="govuk-visually-hidden">${spoken}:</span> `}${writeContent(options)}</p>`
}
