import { hash } from 'node:crypto'

declare const brand: unique symbol
/** A SHA-256 digest as 64 lower-case hexadecimal digits. */
export type Sha256 = string & { readonly [brand]: 'Sha256' }

/** The SHA-256 of bytes, or of a text as UTF-8. */
// FIPS 180-4
export function sha256(data: Uint8Array | string): Sha256 {
  return hash('sha256', data, 'hex') as Sha256
}

/** Reads a digest as it was sent: 64 hexadecimal digits in either case, or null. */
export function parseSha256(text: string): Sha256 | null {
  return /^[0-9a-fA-F]{64}$/.test(text) ? (text.toLowerCase() as Sha256) : null
}
