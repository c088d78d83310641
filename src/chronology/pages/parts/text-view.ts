import { type Html, html } from '../../../web/html.ts'

/**
 * Shows a text somebody else wrote: escaped, in its own direction, shut off from the text around it, with its lines.
 */
// Unicode Standard Annex 9: a paragraph's direction comes from its own first strong character
export function textView(text: string): Html {
  const lines = text.split(/\r\n|\r|\n/)
  return html`<div dir="auto">${lines.map((timeline, index) => html`${index > 0 && html`<br>`}${timeline}`)}</div>`
}

/** The first part of a long text, cut between characters, and whether anything was left out. */
export function clipText(text: string, atMost: number): { readonly text: string; readonly isWhole: boolean } {
  const characters = [...text.slice(0, atMost * 2 + 2)]
  if (characters.length <= atMost && text.length <= atMost * 2 + 2) return { text, isWhole: true }
  return { text: characters.slice(0, atMost).join(''), isWhole: false }
}
