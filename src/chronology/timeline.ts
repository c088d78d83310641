import type { Incident } from './incident.ts'
import type { TimelineRecord } from './record.ts'

/**
 * A place on the timeline: the wall clock ("infinity" when nobody knows), then an id, then a number within it.
 * No two entries have the same place, so a page can end and the next begin anywhere.
 */
export type TimelinePlace = { readonly clock: string; readonly id: string; readonly ordinal: number }

export type TimelineEntry =
  | { readonly kind: 'record'; readonly place: TimelinePlace; readonly record: TimelineRecord }
  | { readonly kind: 'incident'; readonly place: TimelinePlace; readonly incident: Incident }

export type TimelinePage = {
  readonly entries: readonly TimelineEntry[]
  /** Where the next page begins, or null at the end of the timeline. */
  readonly next: TimelinePlace | null
}

/** Orders two places: by clock, then id, then number. "infinity" comes after every clock. */
export function comparePlaces(one: TimelinePlace, other: TimelinePlace): number {
  if (one.clock !== other.clock) {
    if (one.clock === 'infinity') return 1
    if (other.clock === 'infinity') return -1
    return one.clock < other.clock ? -1 : 1
  }
  if (one.id !== other.id) return one.id < other.id ? -1 : 1
  return one.ordinal - other.ordinal
}

export const timelineOrders = ['oldest', 'newest'] as const
/** Which end of the timeline comes first. */
export type TimelineOrder = (typeof timelineOrders)[number]

/** Compares two places as the order goes. */
export const comparePlacesIn = (order: TimelineOrder) =>
  order === 'oldest' ? comparePlaces : (one: TimelinePlace, other: TimelinePlace) => comparePlaces(other, one)

/** The place of a record. */
export function placeOfRecord(record: Pick<TimelineRecord, 'sentLocal' | 'ref'>): TimelinePlace {
  return { clock: record.sentLocal ?? 'infinity', id: record.ref.itemId, ordinal: record.ref.ordinal }
}

/**
 * Makes one page of the timeline from records and incidents. Both must begin after the page before and hold, each for
 * itself, at least one entry more than a page when there are that many; the order they come in does not matter.
 *
 * @param until where the records given end although more follow: the page ends there at the latest
 */
export function mergeTimeline(
  entries: readonly TimelineEntry[],
  atMost: number,
  until: TimelinePlace | null = null,
  order: TimelineOrder = 'oldest',
): TimelinePage {
  const compare = comparePlacesIn(order)
  const sorted = entries
    .filter(each => until === null || compare(each.place, until) <= 0)
    .sort((one, other) => compare(one.place, other.place))
  const page = sorted.slice(0, atMost)
  if (sorted.length > atMost) return { entries: page, next: page.at(-1)?.place ?? until }
  return { entries: page, next: until }
}
