import type { Decision } from '../foundation/decision.ts'
import type { SaidVerdict } from './channel-verdict.ts'

/**
 * How the client said that a channel is safe. Never by that channel itself, nor by any message: anyone who reads it
 * there could have written it.
 */
export const hearings = ['face-to-face', 'on-a-call', 'through-somebody'] as const
export type Hearing = (typeof hearings)[number]

/** What the client says of one channel: that the suspected person cannot observe it. */
export type ClientWord = {
  readonly at: Date
  /** The instant from which it counts no longer. */
  readonly countsUntil: Date
  readonly heard: Hearing
}

/** Why what the client said no longer counts, before its last day. */
export const wordEnds = ['taken-back', 'said-otherwise', 'map-changed', 'said-again'] as const
export type WordEnd = (typeof wordEnds)[number]

/** The client's word is believed for at most so many days; then they are asked again. */
export const longestWordDays = 30

const day = 24 * 60 * 60 * 1000

/**
 * Rule S1: whether what the client says of a channel can be written down as a basis. It lifts "not known" and never
 * "observable", no matter who said that. It has a last day: today at the earliest, thirty days from now at the latest.
 *
 * @param said the newest word of people and the newest of the map on the channel, and on every other channel that is
 *   the same number or address
 * @param lastDay the last day on which it counts
 * @param today the day in the clinic's zone
 */
export function decideClientWord(
  said: readonly SaidVerdict[],
  lastDay: string,
  today: string,
): Decision<object, 'observable' | 'over' | 'too-long'> {
  if (said.some(each => each.verdict === 'observable')) return { allowed: false, because: 'observable' }
  if (lastDay < today) return { allowed: false, because: 'over' }
  if (Date.parse(lastDay) - Date.parse(today) > longestWordDays * day)
    return { allowed: false, because: 'too-long' }
  return { allowed: true }
}
