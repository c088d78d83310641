import { type Attributes, joinClasses, writeAttributes } from '../attributes.ts'
import { type OptionalContent, writeContent } from '../content.ts'
import { type Html, html, trusted } from '../html.ts'

export type TimelineItem = OptionalContent & {
  readonly label: OptionalContent
  readonly byline?: OptionalContent | undefined
  /** When it happened: for machines (ISO 8601) and in the words to show, which the caller decides. */
  readonly datetime?: { readonly timestamp?: string | undefined; readonly words: string } | undefined
  readonly id?: string | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

export type TimelineOptions = {
  readonly items: readonly TimelineItem[]
  readonly headingLevel?: 2 | 3 | 4 | undefined
  readonly classes?: string | undefined
  readonly attributes?: Attributes | undefined
}

/**
 * The MoJ timeline. The published macro formats times in the server's own zone; here the words come from the
 * caller, who knows which zone the source spoke of and how sure the time is.
 */
export function timeline(options: TimelineOptions): Html {
  const heading = trusted(`h${options.headingLevel ?? 2}`)
  const items = options.items.map(
    item =>
      html`<div${writeAttributes({
        id: item.id,
        class: joinClasses('moj-timeline__item', item.classes),
        ...item.attributes,
      })}><div class="moj-timeline__header"><${heading} class="moj-timeline__title">${writeContent(
        item.label,
      )}</${heading}>${
        item.byline && html` <p class="moj-timeline__byline">by ${writeContent(item.byline)}</p>`
      }</div>${
        item.datetime &&
        html`<p class="moj-timeline__date"><time${writeAttributes({
          datetime: item.datetime.timestamp,
        })}>${item.datetime.words}</time></p>`
      }<div class="moj-timeline__description">${writeContent(item)}</div></div>`,
  )
  return html`<div${writeAttributes({
    class: joinClasses('moj-timeline', options.classes),
    ...options.attributes,
  })}>${items}</div>`
}
