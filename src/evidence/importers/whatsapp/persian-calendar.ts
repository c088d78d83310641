import type { WallClock } from '../../../foundation/local-date.ts'

// Within the years 1244 to 1502 a Solar Hijri year is a leap year when its remainder by 33 is one of these.
const leapRemainders = [1, 5, 9, 13, 17, 22, 26, 30]
const dayLength = 86_400_000
/** 1 Farvardin 1400 was 21 March 2021. */
const anchor = { year: 1400, moment: Date.UTC(2021, 2, 21) }

/** The Gregorian day of a day in the Solar Hijri calendar, which phones in Iran show; null for no such day. */
export function fromPersian(
  year: number,
  month: number,
  day: number,
): Pick<WallClock, 'year' | 'month' | 'day'> | null {
  if (year < 1300 || year > 1499 || month < 1 || month > 12 || day < 1) return null
  const longest = month <= 6 ? 31 : month <= 11 || isLeap(year) ? 30 : 29
  if (day > longest) return null
  let days = 0
  for (let passed = Math.min(year, anchor.year); passed < Math.max(year, anchor.year); passed += 1)
    days += isLeap(passed) ? 366 : 365
  const newYear = anchor.moment + (year < anchor.year ? -days : days) * dayLength
  const inYear = (month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30) + day - 1
  const date = new Date(newYear + inYear * dayLength)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

const isLeap = (year: number) => leapRemainders.includes(year % 33)
