import { timingSafeEqual } from 'node:crypto'
import { generateSync, generateURI } from 'otplib'

const stepSeconds = 30
/** A phone's clock may be a step off either way. */
const tolerance = [0, -1, 1] as const

/**
 * Finds the time step that a six-digit code belongs to, now or one step either side. Null when it belongs to none, or
 * to a step that was used before: a code that somebody read over a shoulder works once. `secret` is base32; spaces that
 * a phone shows within a code are ignored.
 */
// RFC 6238, sections 4.2 and 5.2; RFC 4226, section 7.2
export function findCodeStep(secret: string, typed: string, now: Date, lastStep: number): number | null {
  const code = Buffer.from(typed.replace(/\s/g, ''), 'utf8')
  const step = Math.floor(now.getTime() / 1000 / stepSeconds)
  let found: number | null = null
  // Every step is tried whichever is right, so that the time taken says nothing.
  for (const offset of tolerance) {
    const expected = Buffer.from(
      generateSync({ secret, epoch: Math.max(0, (step + offset) * stepSeconds) }),
      'utf8',
    )
    const same = expected.length === code.length && timingSafeEqual(expected, code)
    if (same && step + offset > lastStep) found ??= step + offset
  }
  return found
}

/** The address that a code app reads from the picture: who it is for, and the secret. */
// Key URI Format: https://github.com/google/google-authenticator/wiki/Key-Uri-Format
export function codeAppAddress(secret: string, signInName: string): string {
  return generateURI({ issuer: 'Sign-in', label: signInName, secret })
}
