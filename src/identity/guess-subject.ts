import { createHmac } from 'node:crypto'
import type { Sha256 } from '../foundation/digest.ts'
import { normaliseSignInName } from './sign-in-name.ts'

export type GuessSubjects = { readonly pair: Sha256; readonly name: Sha256; readonly address: Sha256 }

/**
 * The keyed digests under which a guess is remembered, so that the memory names nobody and no address.
 * An IPv6 address counts as its first 64 bits: one subscriber has all the rest to choose from.
 */
export function findGuessSubjects(key: Uint8Array, signInName: string, address: string): GuessSubjects {
  const digest = (...words: readonly string[]): Sha256 =>
    createHmac('sha256', key).update(JSON.stringify(words)).digest('hex') as Sha256
  const name = normaliseSignInName(signInName)
  const from = address.includes(':') && !address.includes('.') ? subscriberOf(address) : address
  return {
    pair: digest('pair', name, from),
    name: digest('name', name),
    address: digest('address', from),
  }
}

// RFC 4291, section 2.5.4: the last 64 bits are the interface's own
function subscriberOf(address: string): string {
  const [before = '', after = ''] = address.split('%', 1)[0]?.split('::') ?? []
  const head = before.split(':').filter(group => group !== '')
  const tail = after.split(':').filter(group => group !== '')
  const zeros = Array.from({ length: Math.max(0, 8 - head.length - tail.length) }, () => '0')
  const all = [...head, ...zeros, ...tail]
  return all
    .slice(0, 4)
    .map(group => Number.parseInt(group, 16).toString(16))
    .join(':')
}
