import type { Json } from '../foundation/canonical-json.ts'

/**
 * A text as the database can hold it. PostgreSQL refuses the character NUL and half characters, so NUL is shown by
 * its picture U+2400 and a half character by U+FFFD. `altered` says that it happened: the bytes themselves stay in the
 * original, at the record's place.
 */
// PostgreSQL documentation, 8.3 "Character Types": the character with code zero cannot be stored
export function storableText(text: string): { readonly text: string; readonly altered: boolean } {
  if (!/[\u0000\uD800-\uDFFF]/.test(text)) return { text, altered: false }
  const stored = text.replaceAll('\u0000', '\u2400').replace(/\p{Surrogate}/gu, '\uFFFD')
  return { text: stored, altered: stored !== text }
}

/** The same for every text inside a JSON value, names of members included. */
export function storableJson(value: Json): Json {
  if (typeof value === 'string') return storableText(value).text
  if (Array.isArray(value)) return value.map(storableJson)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [storableText(name).text, storableJson(member)]),
  )
}

/** A JSON value as the text of one that the database can hold. */
export function storableJsonText(value: Json): string {
  const text = JSON.stringify(value)
  // JSON writes every character that cannot be stored as an escape: without one there is nothing to look for.
  return text.includes('\\u') ? JSON.stringify(storableJson(value)) : text
}
