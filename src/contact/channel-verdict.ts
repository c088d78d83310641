import type { ChannelKind } from './contact-plan.ts'

/** Whether the suspected person can observe a channel, and when that was said. */
export type RecordedVerdict = {
  readonly verdict: 'observable' | 'not-observable' | 'unknown'
  readonly at: Date
  /** From when what it rests on is too old; null, or not there, where its own age alone counts. */
  readonly countsUntil?: Date | null
}

/** What a channel was tied to when the map was calculated: a home to which letters go, a device or account, or both. */
export const carriers = ['place', 'device', 'both'] as const
export type CarriedBy = (typeof carriers)[number]

/** Why a word of the map no longer counts, whatever its age: it is by other rules, or about what cannot carry the channel. */
export type Lapse = 'other-rules' | 'not-its-kind'

/** A verdict, and whether people said it or the access map. */
export type SaidVerdict = RecordedVerdict & {
  readonly fromMap: boolean
  /** Of the map: the name of the rules by which it was calculated; null before such names were kept. */
  readonly byRules?: string | null
  readonly carriedBy?: CarriedBy | null
  /** Found at each look (`markLapsed`). */
  readonly lapse?: Lapse
}

/**
 * Says of every word of the map by which rules it no longer counts. A letter is carried by a home alone, and a call or a message by
 * no home.
 *
 * @param mapRules the name of the rules by which the map is calculated now
 */
// Rule S1: a channel is not safe by a map that was calculated by other rules, or of what cannot carry it
export function markLapsed<Said extends SaidVerdict>(
  said: readonly Said[],
  kind: ChannelKind | undefined,
  mapRules: string,
): readonly Said[] {
  return said.map(each => {
    if (!each.fromMap) return each
    const isMisfit =
      kind === 'post'
        ? each.carriedBy !== 'place' && each.carriedBy !== 'both'
        : kind !== 'other' && each.carriedBy === 'place'
    const lapse = each.byRules !== mapRules ? 'other-rules' : isMisfit ? 'not-its-kind' : undefined
    return lapse ? { ...each, lapse } : each
  })
}

/** A verdict on observability is believed for so many days; an older one counts as not known. */
export const verdictDays = 90

const day = 24 * 60 * 60 * 1000

/** Whether what was said of a channel is too old to count, rests on what is, or has lapsed. */
export function isTooOld(
  { at, countsUntil, lapse }: RecordedVerdict & Pick<SaidVerdict, 'lapse'>,
  moment: number,
): boolean {
  if (lapse) return true
  return moment - at.getTime() > verdictDays * day || (countsUntil != null && moment >= countsUntil.getTime())
}
