import { createHmac, randomBytes } from 'node:crypto'
import { type Sha256, sha256 } from '../foundation/digest.ts'

const shape = /^[A-Za-z0-9_-]{43}$/

/** Makes a token that nobody can guess: 256 random bits as 43 letters that fit a path or cookie as they are. */
export function makeToken(random: (size: number) => Buffer = randomBytes): string {
  return random(32).toString('base64url')
}

/**
 * Makes the token that belongs to one sending of a form: the same form sent twice shows the same link twice,
 * though only its hash is kept.
 */
export function tokenOfForm(key: Uint8Array, formToken: string): string {
  return createHmac('sha256', key).update(formToken).digest('base64url')
}

/** What is kept of a token, so that a stolen database opens nothing (S8). Null when it is none of ours. */
export function hashOfToken(token: string): Sha256 | null {
  return shape.test(token) ? sha256(token) : null
}
