import { findMoments, readWallClock } from '../foundation/local-date.ts'
import { sayDate, sayTime } from '../foundation/say-date.ts'
import { type WorkingHours, weekdayOf } from './calendar.ts'

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/** "Monday". Monday is 1. */
export function sayWeekday(weekday: number): string {
  return weekdays[weekday - 1] ?? '?'
}

/** "Sunday 25 October 2026". */
export function saySlotDay(moment: Date, zone: string): string {
  const clock = readWallClock(moment.getTime(), zone)
  return `${sayWeekday(weekdayOf(clock))} ${sayDate(clock)}`
}

/** "1:30am"; in the hour that comes twice, which of the two it is. */
export function saySlotTime(moment: Date, zone: string): string {
  const clock = readWallClock(moment.getTime(), zone)
  const found = findMoments(clock, zone)
  if (found.kind !== 'two') return sayTime(clock)
  const isFirst = found.earlier === moment.getTime()
  return `${sayTime(clock)} (the ${isFirst ? 'first' : 'second'} time, ${isFirst ? 'before' : 'after'} the clocks go back)`
}

/** "Tuesday 3 March 2026, 10am to 10:45am". */
export function saySlot(startsAt: Date, endsAt: Date, zone: string): string {
  return `${saySlotDay(startsAt, zone)}, ${saySlotTime(startsAt, zone)} to ${saySlotTime(endsAt, zone)}`
}

/** Minutes since midnight as a time: "9am"; 1440 is the midnight that ends the day. */
export function sayMinutes(minutes: number): string {
  return sayTime({ hour: Math.floor(minutes / 60) % 24, minute: minutes % 60 })
}

/**
 * The two ends of a time away: whole days are written as days ("Thursday 5 March 2026", "the end of Friday 6 March
 * 2026"), hours with their time.
 */
export function sayAway(
  away: { readonly startsAt: Date; readonly endsAt: Date },
  zone: string,
): { readonly from: string; readonly until: string } {
  const isMidnight = (moment: Date): boolean => {
    const clock = readWallClock(moment.getTime(), zone)
    return clock.hour === 0 && clock.minute === 0
  }
  const say = (moment: Date): string => `${saySlotDay(moment, zone)}, ${saySlotTime(moment, zone)}`
  if (!isMidnight(away.startsAt) || !isMidnight(away.endsAt))
    return { from: say(away.startsAt), until: say(away.endsAt) }
  const lastMinute = new Date(away.endsAt.getTime() - 60_000)
  return { from: saySlotDay(away.startsAt, zone), until: `the end of ${saySlotDay(lastMinute, zone)}` }
}

/** "3 March 2026", of a date as it is kept. */
export function sayDayOf(day: string): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  return sayDate({ year, month, day: date })
}

/** "Monday, 9am to 5pm". */
export function saySlotHours(hours: Pick<WorkingHours, 'weekday' | 'startsAt' | 'endsAt'>): string {
  return `${sayWeekday(hours.weekday)}, ${sayMinutes(hours.startsAt)} to ${sayMinutes(hours.endsAt)}`
}
