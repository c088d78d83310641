import { paddedLength } from '../foundation/padded-length.ts'
import type { CaseSeal } from './case-seal.ts'

/**
 * Seals a value of JSON under the key of its case, padded: how long it is shows only as one of a few lengths.
 *
 * @param least the shortest length in bytes, a power of two
 */
export function sealValue(
  seal: Pick<CaseSeal, 'sealNow'>,
  field: string,
  value: unknown,
  least: number,
): Buffer {
  return seal.sealNow(field, padJson(value, least))
}

/** The value that `sealValue` sealed as this field. Throws a fault when it was altered or belongs elsewhere. */
export function openValue(seal: Pick<CaseSeal, 'openNow'>, field: string, sealed: Buffer): unknown {
  return JSON.parse(seal.openNow(field, sealed))
}

/** A value as JSON with blanks behind it, which JSON passes over, up to a length that many others have. */
export function padJson(value: unknown, least: number): string {
  const text = JSON.stringify(value)
  const length = Buffer.byteLength(text)
  return text + ' '.repeat(paddedLength(length, least) - length)
}
