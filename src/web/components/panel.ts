import { type Attributes, joinClasses, writeAttributes } from '../attributes.ts'
import { hasContent, type OptionalContent, writeContent } from '../content.ts'
import { type Html, html, trusted } from '../html.ts'
import { button } from './button.ts'

export type PanelAction = {
  readonly text: string
  readonly href?: string | undefined
  readonly type?: 'submit' | 'button' | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

export type PanelOptions = OptionalContent & {
  readonly title: OptionalContent
  readonly headingLevel?: 1 | 2 | 3 | undefined
  /** Only an interruption panel (class govuk-panel--interruption) shows its actions. */
  readonly actions?:
    | {
        readonly items?: readonly PanelAction[] | undefined
        readonly classes?: string | undefined
        readonly attributes?: Attributes | undefined
      }
    | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

function writeAction(action: PanelAction): Html {
  if (!action.href || action.type === 'button') {
    return button({
      text: action.text,
      type: action.type ?? 'button',
      href: action.href,
      classes: joinClasses('govuk-button--inverse', action.classes),
      attributes: action.attributes,
    })
  }
  return html`<a${writeAttributes({
    class: joinClasses('govuk-link govuk-link--inverse', action.classes),
    href: action.href,
    ...action.attributes,
  })}>${action.text}</a>`
}

/** The GOV.UK panel. */
export function panel(options: PanelOptions): Html {
  const interruption = options.classes?.includes('govuk-panel--interruption') ?? false
  const heading = trusted(`h${options.headingLevel || 1}`)
  const actions = interruption ? options.actions : undefined
  return html`<div${writeAttributes({
    class: joinClasses('govuk-panel', !interruption && 'govuk-panel--confirmation', options.classes),
    ...options.attributes,
  })}><${heading} class="govuk-panel__title">${writeContent(options.title)}</${heading}>${
    hasContent(options) && html`<div class="govuk-panel__body">${writeContent(options)}</div>`
  }${
    actions &&
    html`<div${writeAttributes({
      class: joinClasses('govuk-panel__actions', actions.classes),
      ...actions.attributes,
    })}>${
      actions.items &&
      actions.items.length > 0 &&
      html`<div class="govuk-button-group">${actions.items.map(action => html`${writeAction(action)} `)}</div>`
    }</div>`
  }</div>`
}
