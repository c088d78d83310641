import { randomBytes } from 'node:crypto'
import { generateSecret } from 'otplib'
import type { Clinic } from '../../../platform/clinic.ts'
import { deriveSecret } from '../../../platform/keys.ts'
import { openBytes, sealBytes } from '../../../platform/seal-bytes.ts'

const label = 'enrolment-pages'

/** A new secret for a code app: 160 random bits in base32. */
// RFC 4226, section 4, R6
export function newCodeSecret(): string {
  return generateSecret({ length: 20 })
}

/** Seals the secret into the page that shows it, bound to the invitation: opening the page keeps nothing. */
export function sealCodeSecret(clinic: Clinic, token: string, secret: string): string {
  const key = deriveSecret(clinic.key, label)
  return sealBytes(key, token, Buffer.from(secret, 'utf8'), randomBytes).toString('base64url')
}

/** Opens the secret that came back with the form; null when it belongs to another invitation. */
export function openSealedSecret(clinic: Clinic, token: string, sealed: string): string | null {
  const opened = openBytes(deriveSecret(clinic.key, label), token, Buffer.from(sealed, 'base64url'))
  return opened?.toString('utf8') ?? null
}
