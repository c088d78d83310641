import { addMonths, type CalendarDay, sayDay } from './calendar-day.ts'

/** Where a rule of law stands, and on which day somebody last read it there; null when nobody here did. */
export type LawReading = {
  readonly says: string
  readonly source: string
  readonly readOn: CalendarDay | null
}

/** What nobody has read in a year, one line each: a rule that is not looked after says so. */
export function findUnread(readings: readonly LawReading[], today: CalendarDay): readonly string[] {
  return readings.flatMap(({ says, source, readOn }) => {
    if (readOn === null) return [`Nobody here has read the law on this: ${says} (${source})`]
    return addMonths(readOn, 12) < today
      ? [`Last read more than a year ago, on ${sayDay(readOn)}: ${says} (${source})`]
      : []
  })
}

/** "Bail Act 1976, s.7: breach (read on 29 November 2026)". */
export function sayReading({ says, source, readOn }: LawReading): string {
  return `${source}: ${says} (${readOn === null ? 'nobody here has read it' : `read on ${sayDay(readOn)}`})`
}
