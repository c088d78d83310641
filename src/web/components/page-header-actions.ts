import { type Attributes, joinClasses, writeAttributes } from '../attributes.ts'
import { type OptionalContent, writeContent } from '../content.ts'
import { type Html, html, trusted } from '../html.ts'
import { type ButtonOptions, button } from './button.ts'

export type PageHeaderActionsOptions = {
  readonly heading: OptionalContent & {
    readonly level?: 1 | 2 | 3 | undefined
    readonly classes?: string | undefined
  }
  readonly items?: readonly ButtonOptions[] | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

/** The MoJ page header with actions beside the heading. */
export function pageHeaderActions(options: PageHeaderActionsOptions): Html {
  const heading = trusted(`h${options.heading.level ?? 1}`)
  return html`<div${writeAttributes({
    class: joinClasses('moj-page-header-actions', options.classes),
    ...options.attributes,
  })}><div class="moj-page-header-actions__title"><${heading} class="${
    options.heading.classes ?? 'govuk-heading-xl'
  }">${writeContent(options.heading)}</${heading}></div>${
    options.items &&
    html`<div class="moj-page-header-actions__actions"><div class="moj-button-group moj-button-group--inline">${options.items.map(
      button,
    )}</div></div>`
  }</div>`
}
