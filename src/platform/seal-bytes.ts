import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const layout = 1
const nonceBytes = 12
const tagBytes = 16

/**
 * Seals bytes with AES-256-GCM, bound to what they are for: opened for anything else, they do not open. One byte that
 * names the layout (1), the nonce, the ciphertext, the tag.
 */
// NIST SP 800-38D; a random 96-bit nonce, far fewer than 2^32 messages a key
export function sealBytes(
  key: Uint8Array,
  purpose: string,
  bytes: Uint8Array,
  random: (size: number) => Uint8Array = randomBytes,
): Buffer {
  const nonce = random(nonceBytes)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(purpose, 'utf8'))
  const body = cipher.update(bytes)
  return Buffer.concat([Buffer.of(layout), nonce, body, cipher.final(), cipher.getAuthTag()])
}

/** Opens what `sealBytes` sealed for the same purpose; null when it was not, or was changed. */
export function openBytes(key: Uint8Array, purpose: string, sealed: Uint8Array): Buffer | null {
  return isSealed(sealed) ? open(key, purpose, sealed.subarray(1)) : null
}

/** Whether bytes begin as a sealed thing does. No text that somebody wrote begins with this control character. */
export function isSealed(bytes: Uint8Array): boolean {
  return bytes[0] === layout
}

function open(key: Uint8Array, purpose: string, sealed: Uint8Array): Buffer | null {
  if (sealed.length < nonceBytes + tagBytes) return null
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  })
  decipher.setAAD(Buffer.from(purpose, 'utf8'))
  decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes))
  try {
    const body = decipher.update(sealed.subarray(nonceBytes, sealed.length - tagBytes))
    return Buffer.concat([body, decipher.final()])
  } catch {
    return null
  }
}
