import { type Html, html } from '../../web/html.ts'

const longest = 120

/**
 * A sender's file name on screen: cut when it is long, and in an element of its own so that marks that turn the
 * reading direction turn nothing else on the page.
 */
export function originalName(name: string): Html {
  const characters = [...name]
  const shown = characters.length > longest ? `${characters.slice(0, longest).join('')}…` : name
  return html`<bdi>${shown === '' ? 'no name' : shown}</bdi>`
}
