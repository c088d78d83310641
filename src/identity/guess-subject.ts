import { createHmac } from 'node:crypto'
import { groupAddress } from '../foundation/address-group.ts'
import type { Sha256 } from '../foundation/digest.ts'
import { normaliseSignInName } from './sign-in-name.ts'

export type GuessSubjects = {
  readonly pair: Sha256
  readonly name: Sha256
  readonly address: Sha256
  /** This name with its right password and a wrong code, from anywhere or on this device. */
  readonly codes?: Sha256
  /** In whose lane the try waits to be judged: all the addresses that one site has to choose from are one lane. */
  readonly lane: Sha256
  /** Tries at this name during a wait, from anywhere: they count for no wait, and are recorded many at a time. */
  readonly unheard?: Sha256
}

/**
 * The keyed digests under which a guess is remembered, so that the memory names nobody and no address.
 * An IPv6 address counts as its first 64 bits: one subscriber has all the rest to choose from.
 */
export function findGuessSubjects(key: Uint8Array, signInName: string, address: string): GuessSubjects {
  const digest = (...words: readonly string[]): Sha256 =>
    createHmac('sha256', key).update(JSON.stringify(words)).digest('hex') as Sha256
  const name = normaliseSignInName(signInName)
  const group = groupAddress(address)
  const from = group.subscriber
  return {
    pair: digest('pair', name, from),
    name: digest('name', name),
    address: digest('address', from),
    // RFC 6177: a site has up to a /48, and each of its subscribers would be a lane
    lane: digest('lane', group.version === 6 ? group.network : from),
  }
}

/**
 * The subjects of somebody who is signed in and shows that it is them. `codes` are all their wrong tries in this
 * session, from anywhere: somebody at another of their sessions does not hold them up.
 */
export function findProofSubjects(
  key: Uint8Array,
  owner: { readonly personId: string; readonly sessionId: string },
  address: string,
): GuessSubjects {
  const codes = findGuessSubjects(key, `session ${owner.sessionId}`, address).name
  return { ...findGuessSubjects(key, `signed in ${owner.personId}`, address), codes }
}

/**
 * The subjects of a sign-in by password and code. On a device that is known, all that makes anybody wait belongs to
 * that device alone, its codes too: somebody who has the password and sits at the device tries no more codes there than
 * elsewhere.
 */
export function findSignInSubjects(
  key: Uint8Array,
  signInName: string,
  from: { readonly address: string; readonly device: string | null },
): GuessSubjects {
  const name = normaliseSignInName(signInName)
  const digest = (...words: readonly string[]): Sha256 =>
    createHmac('sha256', key).update(JSON.stringify(words)).digest('hex') as Sha256
  const unheard = digest('while waiting', name)
  if (from.device === null)
    return { ...findGuessSubjects(key, signInName, from.address), codes: digest('codes', name), unheard }
  const own = digest('device', name, from.device)
  return {
    pair: own,
    name: digest('device name', name, from.device),
    address: digest('device address', from.device),
    lane: digest('device lane', from.device),
    codes: digest('device codes', name, from.device),
    unheard,
  }
}
