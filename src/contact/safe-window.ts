import { findMoments, readWallClock } from '../foundation/local-date.ts'
import type { SafeWindow } from './contact-plan.ts'

/** 1 for Monday to 7 for Sunday, of a date of the calendar. */
function dayOfWeek(year: number, month: number, day: number): number {
  const sunday0 = new Date(Date.UTC(year, month - 1, day)).getUTCDay()
  return sunday0 === 0 ? 7 : sunday0
}

const minutesOf = (text: string): number => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))

/**
 * Whether an instant lies in one of the client's windows, by the clock on their wall: an hour that comes twice is in
 * both times, one that never comes is in none. A window that ends before it begins goes on past midnight, and belongs
 * to the day on which it began.
 */
export function isInWindow(moment: number, zone: string, windows: readonly SafeWindow[]): boolean {
  const clock = readWallClock(moment, zone)
  const now = clock.hour * 60 + clock.minute
  const today = dayOfWeek(clock.year, clock.month, clock.day)
  const yesterday = today === 1 ? 7 : today - 1
  return windows.some(({ days, from, until }) => {
    const [begins, ends] = [minutesOf(from), minutesOf(until)]
    if (begins < ends) return days.includes(today) && now >= begins && now < ends
    return (days.includes(today) && now >= begins) || (days.includes(yesterday) && now < ends)
  })
}

const minute = 60_000

/**
 * Finds the next instant from `after` on that lies in a window, to the minute, before `until`. Null when there is none:
 * then nothing is sent.
 */
export function findNextInWindow(
  after: number,
  until: number,
  zone: string,
  windows: readonly SafeWindow[],
): number | null {
  if (windows.length === 0) return null
  const limit = Math.min(until, after + 14 * 24 * 60 * minute)
  let at = after
  while (at < limit) {
    if (isInWindow(at, zone, windows)) return at
    const clock = readWallClock(at, zone)
    const now = clock.hour * 60 + clock.minute
    const toBeginnings = windows.map(({ from }) => (minutesOf(from) - now + 1440) % 1440 || 1440)
    // Clocks change on a half or a whole hour: none is stepped over.
    const toHalfHour = 30 - (Math.floor(at / minute) % 30)
    at = (Math.floor(at / minute) + Math.min(toHalfHour, ...toBeginnings)) * minute
  }
  return null
}

/** The instant at which the day after a date of the calendar begins in a zone. */
export function startOfNextDay(date: string, zone: string): number {
  const next = new Date(Date.parse(`${date}T00:00:00Z`) + 24 * 60 * minute)
  const clock = { year: next.getUTCFullYear(), month: next.getUTCMonth() + 1, day: next.getUTCDate() }
  // A zone may skip the first hour of a day.
  for (const hour of [0, 1, 2]) {
    const found = findMoments({ ...clock, hour, minute: 0, second: 0 }, zone)
    if (found.kind === 'one') return found.moment
    if (found.kind === 'two') return found.earlier
  }
  return next.getTime()
}
