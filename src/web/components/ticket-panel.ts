import { type Attributes, joinClasses, writeAttributes } from '../attributes.ts'
import { type OptionalContent, writeContent } from '../content.ts'
import { type Html, html } from '../html.ts'

export type TicketPanelItem = OptionalContent & {
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

export type TicketPanelOptions = {
  readonly items: readonly TicketPanelItem[]
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

/** The MoJ ticket panel. */
export function ticketPanel(options: TicketPanelOptions): Html {
  const items = options.items.map(
    item =>
      html`<section${writeAttributes({
        class: joinClasses('moj-ticket-panel__content', item.classes),
        ...item.attributes,
      })}>${writeContent(item)}</section>`,
  )
  return html`<article${writeAttributes({
    class: joinClasses('moj-ticket-panel', options.classes),
    ...options.attributes,
  })}>${items}</article>`
}
