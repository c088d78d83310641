/** Whether the suspected person can observe a channel, and when that was said. */
export type RecordedVerdict = {
  readonly verdict: 'observable' | 'not-observable' | 'unknown'
  readonly at: Date
  /** From when what it rests on is too old; null, or not there, where its own age alone counts. */
  readonly countsUntil?: Date | null
}

/** A verdict, and whether people said it or the access map. */
export type SaidVerdict = RecordedVerdict & { readonly fromMap: boolean }

/** A verdict on observability is believed for so many days; an older one counts as not known. */
export const verdictDays = 90

const day = 24 * 60 * 60 * 1000

/** Whether what was said of a channel is too old to count, or rests on what is. */
export function isTooOld({ at, countsUntil }: RecordedVerdict, moment: number): boolean {
  return moment - at.getTime() > verdictDays * day || (countsUntil != null && moment >= countsUntil.getTime())
}
