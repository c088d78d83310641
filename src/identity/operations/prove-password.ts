import { hash, hashRaw, verify } from '@node-rs/argon2'
import { normalisePassphrase } from '../passphrase.ts'

// OWASP Password Storage Cheat Sheet, Argon2id: 19 MiB, two passes, one lane (the library's default is Argon2id)
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

// Two at a time, so that a flood of guesses leaves the machine to those who are signed in; a short queue, and beyond
// it an answer at once.
const mostAtOnce = 2
const mostWaiting = 40

/** Thrown when more people sign in at this moment than the machine should hash for. */
export class TooBusy extends Error {}

let running = 0
const waiting: (() => void)[] = []

async function inTurn<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  if (running >= mostAtOnce) {
    if (waiting.length >= mostWaiting) throw new TooBusy()
    await new Promise<void>(resolve => waiting.push(resolve))
  } else running += 1
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }
}

/** Hashes a password for keeping. */
export async function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(normalisePassphrase(password), cost))
}

/** Words made slow to guess, with a salt that is worked out anew each time: 32 bytes as hexadecimal digits. */
export async function stretchWords(words: string, salt: Uint8Array): Promise<string> {
  return inTurn(async () => (await hashRaw(words, { ...cost, salt })).toString('hex'))
}

// Of no password: what an unknown name is compared with, so that it takes as long as a known one.
let hashOfNothing: Promise<string> | undefined

/** Whether a password is the one that was hashed. With no hash it takes as long and is never right. */
export async function provePassword(password: string, kept: string | null): Promise<boolean> {
  if (kept === null) hashOfNothing ??= hash(crypto.randomUUID(), cost)
  const against = kept ?? (await hashOfNothing) ?? ''
  const right = await inTurn(() => verify(against, normalisePassphrase(password)))
  return right && kept !== null
}
