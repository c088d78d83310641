import { createHmac } from 'node:crypto'
import { groupAddress } from '../foundation/address-group.ts'
import type { Sha256 } from '../foundation/digest.ts'
import type { ToldReferral } from './referral.ts'
import { decideUrgency } from './triage.ts'

/** Where a public form came from, as keyed digests: the same place is known again, and no place is named. */
export type FormOrigin = { readonly source: Sha256; readonly network: Sha256 }

/** Public forms of the last hour, and of those that wait in the pile. */
export type FormCounts = {
  readonly source: number
  readonly network: number
  readonly clinic: number
  readonly pile: number
  readonly pileOfSource: number
}

/** How many public forms of an hour go to triage: from one address, from those near it, and in all. */
export const mostInTriage = { source: 10, network: 30, clinic: 60 } as const

/** How many the pile keeps: in all, and of one address. So many take a few hundred megabytes at the very most. */
export const mostInPile = { all: 5_000, source: 200 } as const

/** For how many days forms that were cleared can be brought back. */
export const undoDays = 14

export function findOrigin(key: Uint8Array, address: string): FormOrigin {
  const { subscriber, network } = groupAddress(address)
  const digest = (...words: readonly string[]): Sha256 =>
    createHmac('sha256', key).update(JSON.stringify(words)).digest('hex') as Sha256
  return { source: digest('source', subscriber), network: digest('network', network) }
}

/**
 * Where a public form goes: to triage; beyond what the clinic can look at, set aside in a pile; and when that is full,
 * nowhere: it is given back, filled in.
 */
export function decidePlace(counts: FormCounts): 'triage' | 'set-aside' | 'full' {
  const isFlood = (['source', 'network', 'clinic'] as const).some(each => counts[each] >= mostInTriage[each])
  if (!isFlood) return 'triage'
  return counts.pile >= mostInPile.all || counts.pileOfSource >= mostInPile.source ? 'full' : 'set-aside'
}

/** Whether a form tells of danger that must be looked at today: it stands first in the pile. */
export function tellsDanger({ flags, dangerNow }: Pick<ToldReferral, 'flags' | 'dangerNow'>): boolean {
  return dangerNow === 'yes' || decideUrgency(flags, dangerNow, 'routine').urgency === 'today'
}
