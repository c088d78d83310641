import { type Attributes, joinClasses, writeAttributes } from '../attributes.ts'
import { type OptionalContent, writeContent } from '../content.ts'
import { type Html, html } from '../html.ts'

export type ButtonOptions = OptionalContent & {
  /** Makes it a link that looks like a button. */
  readonly href?: string | undefined
  readonly name?: string | undefined
  readonly value?: string | undefined
  readonly type?: 'submit' | 'button' | 'reset' | undefined
  readonly disabled?: boolean | undefined
  readonly preventDoubleClick?: boolean | undefined
  readonly isStartButton?: boolean | undefined
  readonly id?: string | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

const startIcon = html`
<svg class="govuk-button__start-icon" xmlns="http://www.w3.org/2000/svg" width="17.5" height="19" viewBox="0 0 33 40" aria-hidden="true" focusable="false"><path fill="currentColor" d="M0 0h13l20 20-20 20H0l20-20z"/></svg>`

/** The GOV.UK button. */
export function button(options: ButtonOptions): Html {
  const common = {
    class: joinClasses('govuk-button', options.classes, options.isStartButton && 'govuk-button--start'),
    'data-module': 'govuk-button',
    ...options.attributes,
    id: options.id,
  }
  const content = writeContent(options)
  const words = options.html && options.isStartButton ? html`<span>${content}</span>` : content
  const inside = html`${words}${options.isStartButton && startIcon}`
  if (options.href) {
    const attributes = { href: options.href, role: 'button', draggable: 'false', ...common }
    return html`<a${writeAttributes(attributes)}>${inside}</a>`
  }
  return html`<button${writeAttributes({
    type: options.type || 'submit',
    value: options.value || undefined,
    name: options.name || undefined,
    disabled: options.disabled,
    'aria-disabled': options.disabled ? 'true' : undefined,
    'data-prevent-double-click':
      options.preventDoubleClick === undefined ? undefined : String(options.preventDoubleClick),
    ...common,
  })}>${inside}</button>`
}
