import canonicalizeLibrary from 'canonicalize'

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

// The library's types describe a CommonJS default export; under ESM it is the function itself.
const canonicalize = canonicalizeLibrary as unknown as (value: Json) => string | undefined

/**
 * One and only one text for a JSON value: members sorted by UTF-16 code unit, no white space, numbers as
 * ECMAScript writes them. Throws on a value that JSON cannot hold (a lone surrogate, NaN, Infinity).
 */
// RFC 8785
export function canonicalJson(value: Json): string {
  const text = canonicalize(value)
  if (text === undefined) throw new TypeError('canonical JSON: the value has no JSON form')
  return text
}

/**
 * Reads a text that must be exactly the canonical JSON of its value: no member twice, no white space, no other order,
 * no byte order mark, nothing behind the end. Undefined for every other text, however it goes wrong.
 */
// RFC 8785, section 3; two readers of a member that stands twice may each take another of them (RFC 8259, section 4)
export function parseCanonicalJson(text: string): Json | undefined {
  try {
    const value = JSON.parse(text) as Json
    return canonicalJson(value) === text ? value : undefined
  } catch {
    // Not JSON, a lone surrogate, or nested so deep that it was made to do harm.
    return undefined
  }
}
