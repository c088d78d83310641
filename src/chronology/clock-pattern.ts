import { type CountedHour, dayNumber, weekdayOfHour } from './counted-hour.ts'

export type ClockPattern = {
  /** Seven rows, Monday first, of twenty-four counts, midnight first. */
  readonly grid: readonly (readonly number[])[]
  /** How many had no known time: nowhere in the grid. */
  readonly unknown: number
}

/** Counts by hour of the week, by the wall clock of each source. */
export function countByHourOfWeek(hours: readonly CountedHour[]): ClockPattern {
  const grid = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0))
  let unknown = 0
  for (const { hour, counted } of hours) {
    if (hour === null) {
      unknown += counted
      continue
    }
    const row = grid[weekdayOfHour(dayNumber(hour))]
    const column = Number(hour.slice(11, 13))
    if (row && column < 24) row[column] = (row[column] ?? 0) + counted
  }
  return { grid, unknown }
}
