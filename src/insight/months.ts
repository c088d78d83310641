import { sayMonthName } from '../foundation/say-date.ts'

/** A calendar month, as "2026-03". */
export type Month = string

/** The month that has a day, "2026-03-17" or longer. */
export function monthOf(day: string): Month {
  return day.slice(0, 7)
}

/** The month so many before. */
export function monthsBefore(month: Month, many: number): Month {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const at = year * 12 + (number - 1) - many
  return `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}`
}

/**
 * The twelve whole months before the month that has `today`, oldest first; with `yearsAgo`, the twelve before those. A
 * month that is not over is never among them: figures that change from one day to the next tell of one person.
 */
export function findYear(today: string, yearsAgo = 0): readonly Month[] {
  const now = monthOf(today)
  return Array.from({ length: 12 }, (_, index) => monthsBefore(now, 12 * (yearsAgo + 1) - index))
}

/** "March 2026". */
export function sayMonth(month: Month): string {
  const [year = '', number = '1'] = month.split('-')
  return `${sayMonthName(Number(number))} ${year}`
}
