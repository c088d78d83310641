import { escapeText, type Html, trusted } from './html.ts'

/** Attributes of one element: true writes the bare name; false and undefined write nothing. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>

const nameShape = /^[a-z][a-z0-9:._-]*$/i

/**
 * Writes attributes, each with a space before it and its value escaped.
 * Refuses names that the content security policy would refuse anyway: event handlers and inline styles.
 */
export function writeAttributes(attributes: Attributes | undefined): Html {
  let markup = ''
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === false) continue
    if (!nameShape.test(name) || /^on|^style$/i.test(name)) throw new Error(`attribute not allowed: ${name}`)
    markup += value === true ? ` ${name}` : ` ${name}="${escapeText(String(value))}"`
  }
  return trusted(markup)
}

/** Joins class names, leaving out what is empty. */
export function joinClasses(...names: readonly (string | false | undefined)[]): string {
  return names.filter(Boolean).join(' ')
}

/** Joins ids for aria-describedby; nothing at all when there is none. */
export function joinIds(...ids: readonly (string | false | undefined)[]): string | undefined {
  return joinClasses(...ids) || undefined
}
