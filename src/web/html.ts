declare const brand: unique symbol
/** Markup that is safe to send: made only by `html`, by `trusted`, or by a component. */
export type Html = { readonly [brand]: 'Html'; readonly markup: string }

type Child = Html | string | number | false | null | undefined | readonly Child[]

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Escapes a text for element content and for quoted attribute values. */
// HTML Living Standard, 13.3 "Escaping a string"; the apostrophe is added so either quote is safe
export function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, character => escapes[character] ?? character)
}

/** Marks markup as safe without escaping it. For markup this program wrote, never for text a person typed. */
export function trusted(markup: string): Html {
  return { markup } as Html
}

function render(child: Child): string {
  if (child === null || child === undefined || child === false) return ''
  if (typeof child === 'string') return escapeText(child)
  if (typeof child === 'number') return String(child)
  if (Array.isArray(child)) return child.map(render).join('')
  return (child as Html).markup
}

/**
 * Writes markup with every inserted text escaped: html`<p>${name}</p>`. Nested Html stays as it is,
 * lists are joined, and null, undefined and false write nothing.
 */
export function html(parts: TemplateStringsArray, ...children: readonly Child[]): Html {
  let markup = parts[0] ?? ''
  children.forEach((child, index) => {
    markup += render(child) + (parts[index + 1] ?? '')
  })
  return trusted(markup)
}
