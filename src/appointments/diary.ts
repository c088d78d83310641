import type { AppointmentId, CaseId } from '../foundation/ids.ts'
import { readWallClock } from '../foundation/local-date.ts'
import type { AppointmentState, PlaceKind } from './appointment.ts'
import { writeDay } from './calendar.ts'
import type { FollowUp } from './follow-up.ts'
import type { SeatRole } from './seat-role.ts'

/** A line of a diary: enough to find an appointment, nothing of what is in it. */
export type DiaryLine = {
  readonly appointmentId: AppointmentId
  readonly caseId: CaseId
  readonly reference: string
  readonly clientName: string
  readonly startsAt: Date
  readonly endsAt: Date
  readonly state: AppointmentState
  readonly placeKind: PlaceKind
  readonly people: readonly { readonly name: string; readonly role: SeatRole }[]
}

/** Somebody who did not come, and whom nobody has looked for to the end yet. */
export type OpenFollowUp = Pick<
  FollowUp,
  'appointmentId' | 'because' | 'raisedAt' | 'tries' | 'triesNeeded'
> & {
  readonly caseId: CaseId
  readonly reference: string
  readonly clientName: string
}

/**
 * Sorts a diary as a day is worked through: today by the clock of the zone, what is over and has no outcome yet, and
 * what is to come.
 */
export function sortDiary(
  lines: readonly DiaryLine[],
  now: Date,
  zone: string,
): {
  readonly today: readonly DiaryLine[]
  readonly unrecorded: readonly DiaryLine[]
  readonly coming: readonly DiaryLine[]
} {
  const dayOf = (moment: Date): string => writeDay(readWallClock(moment.getTime(), zone))
  const day = dayOf(now)
  return {
    today: lines.filter(line => dayOf(line.startsAt) === day && line.state !== 'cancelled'),
    unrecorded: lines.filter(line => dayOf(line.startsAt) < day && line.state === 'booked'),
    coming: lines.filter(line => dayOf(line.startsAt) > day && line.state === 'booked'),
  }
}
