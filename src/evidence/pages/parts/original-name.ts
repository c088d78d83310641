import { type Html, html } from '../../../web/html.ts'

const longest = 120

/** Marks that turn the reading direction, and so can make `exe` look like the ending `gpj`. */
// Unicode Standard Annex 9, section 2: explicit directional formatting characters
const turning = /[\u202A-\u202E\u2066-\u2069]/gu

/**
 * A sender's file name on screen: cut when it is long, with marks that could mislead shown by their numbers, and in
 * an element of its own so that a name from right to left turns nothing else on the page.
 */
export function originalName(name: string): Html {
  const characters = [
    ...name.replace(turning, mark => `[U+${mark.codePointAt(0)?.toString(16).toUpperCase()}]`),
  ]
  const shown =
    characters.length > longest ? `${characters.slice(0, longest).join('')}…` : characters.join('')
  return html`<bdi>${shown === '' ? 'no name' : shown}</bdi>`
}
