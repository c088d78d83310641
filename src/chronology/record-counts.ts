import type { CountedGroup, StoredGroups, StoredHours, StoredTotals } from '../evidence/records/count-case.ts'
import { isWithin, type StoredQuery } from '../evidence/records/stored-query.ts'
import { readClock, writeClock } from '../evidence/records/stored-record.ts'
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
export function passesGroup({ itemId, kind, sender }: CountedGroup, query: StoredQuery): boolean {
  return (
    (query.kinds?.includes(kind) ?? true) &&
    (query.senders?.includes(sender) ?? true) &&
    (query.items?.includes(itemId) ?? true)
  )
}

/** The counts of chosen days, from the hours of their months. */
export function countHours(
  months: ReadonlyMap<string, StoredHours>,
  groups: StoredGroups,
  query: StoredQuery,
): RecordCounts {
  const undated = groups
    .filter(group => passesGroup(group, query) && group.undated > 0)
    .map(group => ({ hour: null, counted: group.undated }))
  const hours = [...months].flatMap(([month, counts]) => {
    const start = readClock(`${month}-01T00:00:00`) ?? 0
    return counts.flatMap(([number, hour, counted]) => {
      const group = groups[number]
      const local = start + hour * hourLength
      if (!group || !passesGroup(group, query) || !isWithin(query.times, local)) return []
      return [{ hour: writeClock(local), counted }]
    })
  })
  return { byWeek: [...hours, ...undated], byHourOfWeek: [...hours, ...undated] }
}
