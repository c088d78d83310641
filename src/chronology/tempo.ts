import { type CountedHour, dayNumber, weekdayOfHour } from './counted-hour.ts'

export type Tempo = {
  /** Every week from the first to the last, empty ones too; `monday` is its first day ("2026-03-02"). */
  readonly weeks: readonly { readonly monday: string; readonly counted: number }[]
  /** How many had no known time: in no week, and said so. */
  readonly unknown: number
}

/** The most weeks that are told one by one: four years. */
const mostWeeks = 208

/**
 * Counts per week, Monday to Sunday by the wall clock. Weeks with nothing in them are there with 0, because silence
 * is part of the picture. A span longer than four years keeps the newest four; `weeks` then starts later.
 */
export function countPerWeek(hours: readonly CountedHour[]): Tempo {
  const byWeek = new Map<number, number>()
  let unknown = 0
  for (const { hour, counted } of hours) {
    if (hour === null) {
      unknown += counted
      continue
    }
    const day = dayNumber(hour)
    const monday = day - weekdayOfHour(day)
    byWeek.set(monday, (byWeek.get(monday) ?? 0) + counted)
  }
  let first = Number.POSITIVE_INFINITY
  let last = Number.NEGATIVE_INFINITY
  for (const monday of byWeek.keys()) {
    first = Math.min(first, monday)
    last = Math.max(last, monday)
  }
  const weeks = []
  for (let monday = Math.max(first, last - 7 * (mostWeeks - 1)); monday <= last; monday += 7) {
    weeks.push({
      monday: new Date(monday * 86_400_000).toISOString().slice(0, 10),
      counted: byWeek.get(monday) ?? 0,
    })
  }
  return { weeks, unknown }
}
