/** How many things happened in an hour of the wall clock ("2026-03-02T22:00:00"); null for a time nobody knows. */
export type CountedHour = { readonly hour: string | null; readonly counted: number }

/** The number of a day, counted from 1 January 1970, from a wall clock. */
export function dayNumber(clock: string): number {
  return Math.round(Date.parse(`${clock.slice(0, 10)}T00:00:00Z`) / 86_400_000)
}

/** The weekday of a day number: 0 is Monday, 6 is Sunday. 1 January 1970 was a Thursday. */
export function weekdayOfHour(day: number): number {
  return (((day + 3) % 7) + 7) % 7
}
