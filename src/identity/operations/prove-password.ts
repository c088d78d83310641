import { hash, hashRaw, verify } from '@node-rs/argon2'
import { FairTurns } from '../fair-turns.ts'
import { normalisePassphrase } from '../passphrase.ts'

export { TooBusy } from '../fair-turns.ts'

// OWASP Password Storage Cheat Sheet, Argon2id: 19 MiB, two passes, one lane (the library's default is Argon2id)
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

// Two at a time, so that a flood of guesses leaves the machine to those who are signed in; a short queue, and beyond
// it an answer at once.
const turns = new FairTurns({ most: 2, mostInLane: 40, mostLanes: 1 })

// Tries of those who were told to wait are judged beside that, one at a time: a right one is let in at any moment, and
// wrong ones never hold up a first try.
const besideTurns = new FairTurns({ most: 1, mostInLane: 20, mostLanes: 500 })

/** Hashes a password for keeping. */
export async function hashPassword(password: string): Promise<string> {
  return turns.run('', () => hash(normalisePassphrase(password), cost))
}

/** Words made slow to guess, with a salt that is worked out anew each time: 32 bytes as hexadecimal digits. */
export async function stretchWords(words: string, salt: Uint8Array): Promise<string> {
  return turns.run('', async () => (await hashRaw(words, { ...cost, salt })).toString('hex'))
}

// Of no password: what an unknown name is compared with, so that it takes as long as a known one.
let hashOfNothing: Promise<string> | undefined

/**
 * Whether a password is the one that was hashed. With no hash it takes as long and is never right. `beside` names the lane
 * of somebody who was told to wait.
 */
export async function provePassword(
  password: string,
  kept: string | null,
  beside: string | null = null,
): Promise<boolean> {
  if (kept === null) hashOfNothing ??= hash(crypto.randomUUID(), cost)
  const against = kept ?? (await hashOfNothing) ?? ''
  const judge = (): Promise<boolean> => verify(against, normalisePassphrase(password))
  const right = beside === null ? await turns.run('', judge) : await besideTurns.run(beside, judge)
  return right && kept !== null
}
