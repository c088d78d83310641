import { readSearch } from '../evidence/records/record-terms.ts'
import type { StoredQuery, StoredTimes } from '../evidence/records/stored-query.ts'
import { readClock, type TimelineKey, writeClock } from '../evidence/records/stored-record.ts'
import type { ItemId } from '../foundation/ids.ts'
import type { TimelinePlace } from './timeline.ts'
import { keyOf, recordKinds, type TimelineFilter } from './timeline-filter.ts'

/** Everything the store can be asked for, and nothing is narrowed down. */
export const everyRecord: StoredQuery = {
  kinds: null,
  senders: null,
  items: null,
  fact: null,
  search: null,
  times: 'any',
}

/** What a filter asks of the records, or null where no record can pass it. */
export function toStoredQuery(
  filter: TimelineFilter,
  senders: readonly string[],
  items: readonly { readonly itemId: ItemId; readonly platform: string; readonly exhibitRef: string }[],
): StoredQuery | null {
  const search = filter.words === '' ? null : readSearch(filter.words)
  // What was typed holds no word that must be there: then nothing was looked for.
  if (search && search.all.length === 0) return null
  return {
    kinds: recordKinds(filter),
    senders: filter.sender === null ? null : senders.filter(sender => keyOf(sender) === filter.sender),
    items:
      filter.platform === null && filter.exhibit === null
        ? null
        : items
            .filter(({ platform }) => filter.platform === null || keyOf(platform) === filter.platform)
            .filter(({ exhibitRef }) => filter.exhibit === null || keyOf(exhibitRef) === filter.exhibit)
            .map(({ itemId }) => itemId),
    fact: filter.fact,
    search,
    times: filter.time === 'unknown' ? { known: false } : timesOfDays(filter.from, filter.until),
  }
}

/** From the beginning of the first day to the end of the last, both included. */
export function timesOfDays(from: string | null, until: string | null): StoredTimes {
  return {
    known: true,
    from: from === null ? null : readClock(`${from}T00:00:00`),
    until: until === null ? null : readClock(`${until}T23:59:59.999`),
  }
}

/** A place on the timeline as the store compares it. */
export const toTimelineKey = ({ clock, id, ordinal }: TimelinePlace): TimelineKey => ({
  local: readClock(clock),
  itemId: id,
  ordinal,
})

/** And back. */
export const toTimelinePlace = ({ local, itemId, ordinal }: TimelineKey): TimelinePlace => ({
  clock: local === null ? 'infinity' : writeClock(local),
  id: itemId,
  ordinal,
})
