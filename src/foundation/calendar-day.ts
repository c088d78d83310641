import { findMoments, isPossibleDate, parseWallClock, readWallClock } from './local-date.ts'
import { sayDate } from './say-date.ts'

/** A day of the calendar, "2026-03-02": it has no zone and no time, and days compare as texts. */
export type CalendarDay = string

/** The day a moment falls on by a clock in the zone. */
export function dayAt(moment: Date, zone: string): CalendarDay {
  const { year, month, day } = readWallClock(moment.getTime(), zone)
  return writeDay(year, month, day)
}

/** Six in the morning of a day by a clock in the zone, or the first moment after it where that hour is skipped. */
export function morningOf(day: CalendarDay, zone: string): Date {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  for (let hour = 6; hour < 24; hour += 1) {
    const found = findMoments({ year, month, day: date, hour, minute: 0, second: 0 }, zone)
    if (found.kind !== 'none') return new Date(found.kind === 'one' ? found.moment : found.earlier)
  }
  // A zone that left out the whole day, as Samoa did in 2011: the next day begins where this one would have.
  return morningOf(addDays(day, 1), zone)
}

/** The first moment of a day by a clock in the zone. */
export function firstMomentOf(day: CalendarDay, zone: string): Date {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  // Where midnight is skipped the day begins with the first quarter of an hour that there is.
  for (let quarter = 0; quarter < 96; quarter += 1) {
    const [hour, minute] = [Math.floor(quarter / 4), (quarter % 4) * 15]
    const found = findMoments({ year, month, day: date, hour, minute, second: 0 }, zone)
    if (found.kind !== 'none') return new Date(found.kind === 'one' ? found.moment : found.earlier)
  }
  return firstMomentOf(addDays(day, 1), zone)
}

/** The moment at which a day is over by a clock in the zone: the first of the next. */
export function overAt(day: CalendarDay, zone: string): Date {
  return firstMomentOf(addDays(day, 1), zone)
}

/** So many days later, or earlier when negative. */
export function addDays(day: CalendarDay, count: number): CalendarDay {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10)
}

/** How many days from one day to another; negative when the other came before. */
export function daysBetween(from: CalendarDay, to: CalendarDay): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}

/** The same day so many calendar months later, or the last day of that month where it has no such day. */
// Interpretation Act 1978, Schedule 1: "month" means calendar month
export function addMonths(day: CalendarDay, count: number): CalendarDay {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const months = year * 12 + (month - 1) + count
  const laterYear = Math.floor(months / 12)
  const laterMonth = (months % 12) + 1
  let laterDate = date
  while (!isPossibleDate(laterYear, laterMonth, laterDate)) laterDate -= 1
  return writeDay(laterYear, laterMonth, laterDate)
}

/** "2 March 2026". */
export function sayDay(day: CalendarDay): string {
  const clock = parseWallClock(`${day}T00:00`)
  return clock ? sayDate(clock) : day
}

function writeDay(year: number, month: number, day: number): CalendarDay {
  const pad = (value: number, size: number): string => String(value).padStart(size, '0')
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`
}
