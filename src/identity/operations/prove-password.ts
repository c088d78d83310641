import { hash, hashRaw, verify } from '@node-rs/argon2'
import { openTurns } from '../../platform/shared-turns.ts'
import { normalisePassphrase } from '../passphrase.ts'

export { TooBusy } from '../../platform/fair-turns.ts'

// OWASP Password Storage Cheat Sheet, Argon2id: 19 MiB, two passes, one lane (the library's default is Argon2id)
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/**
 * The queues in which tries wait while passwords are judged. `known`: people at work, and devices on which somebody
 * signed in before; `first`: tries of others that nobody told to wait; `beside`: tries of those who were. In each the
 * lanes are served one after the other.
 */
export type Turn = { readonly kind: 'known' | 'first' | 'beside'; readonly lane: string }

const atWork: Turn = { kind: 'known', lane: 'at work' }

// So few at a time that a flood of guesses leaves the machine to those who are signed in. What is right is judged at any
// moment, wrong ones never hold up a first try, and strangers hold up nobody who is known.
const turns = {
  known: openTurns('prove-known', { most: 1, mostInLane: 40, mostLanes: 500 }),
  first: openTurns('prove-first', { most: 2, mostInLane: 40, mostLanes: 500 }),
  beside: openTurns('prove-beside', { most: 1, mostInLane: 20, mostLanes: 500 }),
}

const inTurn = <Answer>({ kind, lane }: Turn, work: () => Promise<Answer>): Promise<Answer> =>
  turns[kind].run(lane, work)

/** Hashes a password for keeping. */
export async function hashPassword(password: string): Promise<string> {
  return inTurn(atWork, () => hash(normalisePassphrase(password), cost))
}

/** Words made slow to guess, with a salt that is worked out again each time: 32 bytes as hexadecimal digits. */
export async function stretchWords(words: string, salt: Uint8Array): Promise<string> {
  return inTurn(atWork, async () => (await hashRaw(words, { ...cost, salt })).toString('hex'))
}

// Of no password: what an unknown name is compared with, so that it takes as long as a known one.
let hashOfNothing: Promise<string> | undefined

/**
 * Whether a password is the one that was hashed. With no hash it takes as long and is never right.
 */
export async function provePassword(
  password: string,
  kept: string | null,
  turn: Turn = atWork,
): Promise<boolean> {
  if (kept === null) hashOfNothing ??= hash(crypto.randomUUID(), cost)
  const against = kept ?? (await hashOfNothing) ?? ''
  const right = await inTurn(turn, () => verify(against, normalisePassphrase(password)))
  return right && kept !== null
}
