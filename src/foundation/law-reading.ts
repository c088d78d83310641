import { addMonths, type CalendarDay, sayDay } from './calendar-day.ts'

/** Where a rule of law or practice was read, when, and how much of it: a rule is only as good as its last reading. */
export type LawReading = {
  readonly source: string
  /** The day on which somebody last read it there; null when nobody here did. */
  readonly readOn: CalendarDay | null
  /** The wording itself; only a part of it, or a copy; or no wording at all, so that somebody still has to read it. */
  readonly seen?: 'wording' | 'copy' | 'title'
}

/** One thing that a law says, with its reading. */
export type LawSaying = LawReading & { readonly says: string }

/** Law changes: after a year a rule that nobody read again says so. */
export const readAgainAfterMonths = 12

/** Whether nobody has read a rule for a year. `today` is a day by the clinic's calendar. */
export function isReadLongAgo({ readOn }: LawReading, today: CalendarDay): boolean {
  return readOn === null || addMonths(readOn, readAgainAfterMonths) <= today
}

/** What stands beside a rule on screen: when it was read, what was seen of it, and that it is time to read it again. */
export function sayLawReading(reading: LawReading, today: CalendarDay): string {
  const { readOn, source, seen } = reading
  if (readOn === null) return `Nobody here has read it (${source}): read it before you rest on it.`
  const on = `Read on ${sayDay(readOn)} (${source})`
  const extent = {
    wording: '.',
    copy: '; a part of the wording, or a copy of it, was seen.',
    title: '; its wording was not seen. Read it before you rest on it.',
  }[seen ?? 'wording']
  return isReadLongAgo(reading, today)
    ? `${on}${extent} Nobody has read it for a year: read it again before you rest on it.`
    : `${on}${extent}`
}

/** What nobody has read in a year, one line each: a rule that is not looked after says so. */
export function findUnread(sayings: readonly LawSaying[], today: CalendarDay): readonly string[] {
  return sayings
    .filter(saying => isReadLongAgo(saying, today))
    .map(({ says, source, readOn }) =>
      readOn === null
        ? `Nobody here has read the law on this: ${says} (${source})`
        : `Last read more than a year ago, on ${sayDay(readOn)}: ${says} (${source})`,
    )
}

/** "Bail Act 1976, s.7: breach (read on 29 November 2026)". */
export function citeSaying({ says, source, readOn }: LawSaying): string {
  return `${source}: ${says} (${readOn === null ? 'nobody here has read it' : `read on ${sayDay(readOn)}`})`
}
