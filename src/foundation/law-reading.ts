import { addMonths, type CalendarDay, sayDay } from './calendar-day.ts'

/** Where a rule of law or practice was read, when, and how much of it: a rule is only as good as its last reading. */
export type LawReading = {
  readonly source: string
  readonly readOn: CalendarDay
  /** The wording itself; only a part of it, or a copy; or no wording at all, so that somebody still has to read it. */
  readonly seen: 'wording' | 'copy' | 'title'
}

/** Law changes: after a year a rule that nobody read again says so. */
export const readAgainAfterMonths = 12

/** Whether nobody has read a rule for a year. `today` is a day by the clinic's calendar. */
export function isReadLongAgo(reading: LawReading, today: CalendarDay): boolean {
  return addMonths(reading.readOn, readAgainAfterMonths) <= today
}

/** What stands beside a rule on screen: when it was read, what was seen of it, and that it is time to read it again. */
export function sayReading(reading: LawReading, today: CalendarDay): string {
  const on = `Read on ${sayDay(reading.readOn)} (${reading.source})`
  const seen = {
    wording: '.',
    copy: '; a part of the wording, or a copy of it, was seen.',
    title: '; its wording was not seen. Read it before you rest on it.',
  }[reading.seen]
  return isReadLongAgo(reading, today)
    ? `${on}${seen} Nobody has read it for a year: read it again before you rest on it.`
    : `${on}${seen}`
}
