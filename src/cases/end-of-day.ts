import { findMoments, isPossibleDate } from '../foundation/local-date.ts'

/**
 * The first instant after a day ("2026-03-29") as the clocks of a zone show it: a consent "until 29 March" holds for
 * the whole of that day. Null when there is no such day. Throws on an unknown zone.
 */
export function endOfDay(day: string, zone: string): Date | null {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  if (!isPossibleDate(year, month, date)) return null
  const next = new Date(Date.UTC(year, month - 1, date + 1))
  for (let hour = 0; hour < 4; hour += 1) {
    const found = findMoments(
      {
        year: next.getUTCFullYear(),
        month: next.getUTCMonth() + 1,
        day: next.getUTCDate(),
        hour,
        minute: 0,
        second: 0,
      },
      zone,
    )
    if (found.kind === 'one') return new Date(found.moment)
    if (found.kind === 'two') return new Date(found.earlier)
    // Some zones put their clocks forward at midnight, so that the day begins at one o'clock.
  }
  return null
}
