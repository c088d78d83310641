import type { ReferralAnswers } from './referral.ts'
import { decideUrgency } from './triage.ts'

/** Public forms that went to triage in this hour, and those that wait in the pile. */
export type FormCounts = {
  readonly source: number
  readonly network: number
  readonly clinic: number
  readonly pile: number
  readonly pileOfSource: number
  readonly pileOfNetwork: number
}

/** How many public forms of an hour go to triage: from one address, from those near it, and in all. */
export const mostInTriage = { source: 10, network: 30, clinic: 60 } as const

/**
 * How many the pile keeps: in all, and of one address and of one network in a day. The last `reserve` places are for
 * forms that ticked a sign of danger and come from a network of which none is there yet. So many take a few hundred
 * megabytes at the very most.
 */
export const mostInPile = { all: 5_000, reserve: 500, source: 200, network: 1_000 } as const

/** For how many days forms that were cleared can be brought back. */
export const undoDays = 14

/**
 * Where a public form goes: to triage; beyond what the clinic can look at, set aside in a pile; and when that is full,
 * nowhere: it is given back, filled in. One address never shuts out another.
 */
export function decidePlace(counts: FormCounts, danger: boolean): 'triage' | 'set-aside' | 'full' {
  const isFlood = (['source', 'network', 'clinic'] as const).some(each => counts[each] >= mostInTriage[each])
  if (!isFlood) return 'triage'
  if (counts.pileOfSource >= mostInPile.source || counts.pileOfNetwork >= mostInPile.network) return 'full'
  const kept = danger && counts.pileOfNetwork === 0 ? 0 : mostInPile.reserve
  return counts.pile >= mostInPile.all - kept ? 'full' : 'set-aside'
}

/**
 * Whether a sign of danger was ticked that must be looked at today: the form then comes first in the pile. What somebody wrote
 * is not read for that.
 */
export function tellsDanger({ flags, dangerNow }: Pick<ReferralAnswers, 'flags' | 'dangerNow'>): boolean {
  return dangerNow === 'yes' || decideUrgency(flags, dangerNow, 'routine').urgency === 'today'
}
