import { writeAttributes } from '../attributes.ts'
import { type Html, html } from '../html.ts'

export type ScrollingRegionOptions = {
  /** What is inside, for those who reach it with the keyboard or a screen reader. */
  readonly label: string
  readonly html: Html
}

/** Lets something wide, such as a table or a chart, scroll sideways on a phone, also with the keyboard. */
export function scrollingRegion(options: ScrollingRegionOptions): Html {
  return html`<div${writeAttributes({
    class: 'scrolls-sideways',
    role: 'region',
    'aria-label': options.label,
    tabindex: 0,
  })}>${options.html}</div>`
}
