import type { AbsenceId, HoursId, PersonId } from '../foundation/ids.ts'
import type { WallClock } from '../foundation/local-date.ts'
import type { Quarter } from './quarter.ts'
import type { SeatRole } from './seat-role.ts'

/** When somebody works on one day of the week, by the clock of the clinic's zone. */
export type WorkingHours = {
  readonly hoursId: HoursId
  /** Monday is 1, Sunday 7. */
  readonly weekday: number
  /** Minutes since midnight on the clock; the end may be 1440, which is midnight. */
  readonly startsAt: number
  readonly endsAt: number
  /** The first and the last day they hold ("2026-03-02"); null for no end. */
  readonly validFrom: string
  readonly validUntil: string | null
}

/** When somebody is away. */
export type Absence = { readonly absenceId: AbsenceId; readonly startsAt: Date; readonly endsAt: Date }

/** All that decides whether somebody is free. */
export type Calendar = {
  readonly personId: PersonId
  readonly name: string
  readonly role: SeatRole
  readonly hours: readonly WorkingHours[]
  readonly absences: readonly Absence[]
  /** Quarters that other appointments keep. */
  readonly taken: ReadonlySet<Quarter>
}

/** The day of the week of a date, Monday 1 to Sunday 7. */
// ISO 8601, 4.2.2 (week days)
export function weekdayOf(clock: Pick<WallClock, 'year' | 'month' | 'day'>): number {
  const day = new Date(Date.UTC(clock.year, clock.month - 1, clock.day)).getUTCDay()
  return day === 0 ? 7 : day
}

/** A date as it is compared and kept: "2026-03-02". */
export function writeDay(clock: Pick<WallClock, 'year' | 'month' | 'day'>): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${String(clock.year).padStart(4, '0')}-${two(clock.month)}-${two(clock.day)}`
}

/** Whether somebody's hours cover the quarter of an hour that begins when the clock shows this. */
export function isAtWork(hours: readonly WorkingHours[], clock: WallClock): boolean {
  const day = writeDay(clock)
  const weekday = weekdayOf(clock)
  const minute = clock.hour * 60 + clock.minute
  return hours.some(
    each =>
      each.weekday === weekday &&
      each.validFrom <= day &&
      (each.validUntil === null || day <= each.validUntil) &&
      each.startsAt <= minute &&
      minute + 15 <= each.endsAt,
  )
}

/** Whether somebody is away in some part of a span. */
export function isAway(absences: readonly Absence[], startsAt: Date, endsAt: Date): boolean {
  return absences.some(each => each.startsAt < endsAt && startsAt < each.endsAt)
}
