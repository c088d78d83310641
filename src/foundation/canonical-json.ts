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
