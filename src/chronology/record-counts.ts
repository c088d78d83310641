import type { CountedGroup, StoredGroups, StoredHours, StoredTotals } from '../evidence/records/item-count.ts'
import { isWithin, type StoredQuery } from '../evidence/records/stored-query.ts'
import { readClock, writeClock } from '../evidence/records/stored-record.ts'
import type { ItemId } from '../foundation/ids.ts'
import type { CountedHour } from './counted-hour.ts'

/** What the pictures show: one count a week at its Monday, and one for each hour of the week that has any. */
export type RecordCounts = {
  readonly byWeek: readonly CountedHour[]
  readonly byHourOfWeek: readonly CountedHour[]
}

export const noCounts: RecordCounts = { byWeek: [], byHourOfWeek: [] }

const dayLength = 86_400_000
const hourLength = 3_600_000

/** A Monday at midnight: 5 January 1970. */
const anyMonday = 4 * dayLength

/** Totals as the pictures take them. What has no known time is among both, and in no week. */
export function toCounts(totals: readonly StoredTotals[], times: StoredQuery['times']): RecordCounts {
  const undated = totals.flatMap(each => (each.undated > 0 ? [{ hour: null, counted: each.undated }] : []))
  if (times !== 'any' && !times.known) return { byWeek: undated, byHourOfWeek: undated }
  const countsOf = (name: 'weeks' | 'hours', clockOf: (at: number) => number): readonly CountedHour[] =>
    totals.flatMap(each => each[name].map(([at, counted]) => ({ hour: writeClock(clockOf(at)), counted })))
  return {
    byWeek: [...countsOf('weeks', monday => monday * dayLength), ...undated],
    byHourOfWeek: [...countsOf('hours', hour => anyMonday + hour * hourLength), ...undated],
  }
}

/** Whether records of a group pass the kinds, senders and items of a query. */
function passesGroup({ itemId, kind, sender }: CountedGroup, query: StoredQuery): boolean {
  return (
    (query.kinds?.includes(kind) ?? true) &&
    (query.senders?.includes(sender) ?? true) &&
    (query.items?.includes(itemId) ?? true)
  )
}

/** The groups that pass the kinds, senders and items of a query. */
export function chooseGroups(
  groups: ReadonlyMap<ItemId, StoredGroups>,
  query: StoredQuery,
): readonly StoredTotals[] {
  return [...groups].flatMap(([itemId, ofItem]) =>
    ofItem.filter(group => passesGroup({ itemId, ...group }, query)),
  )
}

/** The counts of chosen days, from the hours of their months, by item. */
export function countHours(
  months: readonly { readonly itemId: ItemId; readonly month: string; readonly counts: StoredHours }[],
  groups: ReadonlyMap<ItemId, StoredGroups>,
  query: StoredQuery,
): RecordCounts {
  const undated = chooseGroups(groups, query)
    .filter(group => group.undated > 0)
    .map(group => ({ hour: null, counted: group.undated }))
  const hours = months.flatMap(({ itemId, month, counts }) => {
    const start = readClock(`${month}-01T00:00:00`) ?? 0
    return counts.flatMap(([number, hour, counted]) => {
      const group = groups.get(itemId)?.[number]
      const local = start + hour * hourLength
      if (!group || !passesGroup({ itemId, ...group }, query) || !isWithin(query.times, local)) return []
      return [{ hour: writeClock(local), counted }]
    })
  })
  return { byWeek: [...hours, ...undated], byHourOfWeek: [...hours, ...undated] }
}
