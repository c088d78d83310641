// Crockford's Base 32: no I, L, O or U, so it survives being read out and written down.
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const shape = /^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/

/**
 * Makes a reference for a referral: ten digits of 5 random bits each, as two groups ("7QK2M-9XP3T"). It counts
 * nothing, says nothing and opens nothing. `random` gives the bytes.
 */
export function makeReference(random: (size: number) => Uint8Array): string {
  const all = Array.from(random(10), byte => digits[byte & 31]).join('')
  return `${all.slice(0, 5)}-${all.slice(5)}`
}

/** Reads a reference as somebody wrote it down: any case, any spacing, O for 0, I or L for 1. Null for anything else. */
export function parseReference(typed: string): string | null {
  const plain = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  const written = `${plain.slice(0, 5)}-${plain.slice(5)}`
  return shape.test(written) ? written : null
}
