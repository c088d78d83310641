import { readWallClock, type WallClock } from './local-date.ts'

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** "March" for 3. */
export function sayMonthName(month: number): string {
  return months[month - 1] ?? '?'
}

/** "3 March 2026". */
// GOV.UK style guide: dates
export function sayDate(clock: Pick<WallClock, 'year' | 'month' | 'day'>): string {
  return `${clock.day} ${months[clock.month - 1] ?? '?'} ${clock.year}`
}

/** "4:05pm", "4pm", "midday", "midnight". */
// GOV.UK style guide: times
export function sayTime(clock: Pick<WallClock, 'hour' | 'minute'>): string {
  if (clock.minute === 0 && clock.hour === 0) return 'midnight'
  if (clock.minute === 0 && clock.hour === 12) return 'midday'
  const hour = clock.hour % 12 === 0 ? 12 : clock.hour % 12
  const minute = clock.minute === 0 ? '' : `:${String(clock.minute).padStart(2, '0')}`
  return `${hour}${minute}${clock.hour < 12 ? 'am' : 'pm'}`
}

/** "3 March 2026 at 4:05pm", from a wall clock. */
export function sayWallClock(clock: WallClock): string {
  return `${sayDate(clock)} at ${sayTime(clock)}`
}

/** "3 March 2026 at 4:05pm", from a moment as a clock in the zone showed it. Throws on an unknown zone. */
export function sayMoment(moment: number | Date, zone: string): string {
  return sayWallClock(readWallClock(typeof moment === 'number' ? moment : moment.getTime(), zone))
}
