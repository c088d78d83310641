import { endOfDay } from '../cases/end-of-day.ts'

/** From the first to the last instant of a day ("2026-03-29") by the clocks of a zone; null when there is no such day. */
export function findDaySpan(
  day: string,
  zone: string,
): { readonly startsAt: Date; readonly endsAt: Date } | null {
  const endsAt = endOfDay(day, zone)
  if (!endsAt) return null
  const before = new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
  const startsAt = endOfDay(before, zone)
  return startsAt && { startsAt, endsAt }
}
