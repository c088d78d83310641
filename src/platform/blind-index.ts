import { createHmac, hkdfSync } from 'node:crypto'

/**
 * Turns words into numbers that say nothing without the key: the same word gives the same number under one key, and
 * another under any other. What is looked for is changed by the same method, so words are found and none is stored.
 */
export type BlindIndex = {
  /** A signed 64-bit number in decimal, as the database keeps it. */
  readonly tokenOf: (word: string) => string
}

/** The most words one index remembers while it works; the common ones come first. */
const mostRemembered = 20_000

/** The blind index of one key for one purpose; another purpose gives other numbers. */
// RFC 2104, truncated to 64 bits: of a million different words two share a number with a chance of 1 in 30 million
export function makeBlindIndex(key: Uint8Array, purpose: string): BlindIndex {
  const own = Buffer.from(hkdfSync('sha256', key, '', `unwatched blind index ${purpose}`, 32))
  const known = new Map<string, string>()
  return {
    tokenOf: word => {
      const before = known.get(word)
      if (before !== undefined) return before
      const token = createHmac('sha256', own).update(word, 'utf8').digest().readBigInt64BE(0).toString()
      if (known.size < mostRemembered) known.set(word, token)
      return token
    },
  }
}

/**
 * Gives a value (the digest of a file, a reference) a fingerprint that is the same under one key and says nothing
 * without it: somebody who holds the same file cannot tell that it is here. Whole, so that two files never share one.
 */
// RFC 2104, not truncated
export function makeFingerprint(key: Uint8Array): (what: string, value: string) => string {
  const own = Buffer.from(hkdfSync('sha256', key, '', 'unwatched fingerprint', 32))
  return (what, value) => createHmac('sha256', own).update(`${what} ${value}`, 'utf8').digest('hex')
}
