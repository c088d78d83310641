import { createHmac } from 'node:crypto'
import { groupAddress } from '../foundation/address-group.ts'
import type { Sha256 } from '../foundation/digest.ts'
import { normaliseSignInName } from './sign-in-name.ts'

export type GuessSubjects = {
  readonly pair: Sha256
  readonly name: Sha256
  readonly address: Sha256
  /** This name with its right password and a wrong code, from anywhere. */
  readonly codes?: Sha256
  /** In whose lane the try waits to be judged: all that one site has to choose its addresses from is one. */
  readonly lane: Sha256
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

/** The subjects of a sign-in by password and code; on a device that is known, all of them are of that device alone. */
export function findSignInSubjects(
  key: Uint8Array,
  signInName: string,
  from: { readonly address: string; readonly device: string | null },
): GuessSubjects {
  const name = normaliseSignInName(signInName)
  const digest = (...words: readonly string[]): Sha256 =>
    createHmac('sha256', key).update(JSON.stringify(words)).digest('hex') as Sha256
  if (from.device === null)
    return { ...findGuessSubjects(key, signInName, from.address), codes: digest('codes', name) }
  const own = digest('device', name, from.device)
  return {
    pair: own,
    name: digest('device name', name, from.device),
    address: digest('device address', from.device),
    lane: digest('device lane', from.device),
  }
}
