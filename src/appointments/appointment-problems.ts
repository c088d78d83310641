import { readWallClock } from '../foundation/local-date.ts'
import type { Appointment, SeatedPerson } from './appointment.ts'
import { type Calendar, isAtWork, isAway } from './calendar.ts'
import { quartersOf, startOfQuarter } from './quarter.ts'

export type AppointmentProblem = {
  readonly person: SeatedPerson
  /** They left, were suspended or barred, or their agency is no longer party: it is not said which. */
  readonly kind: 'cannot-join' | 'on-leave' | 'outside-hours'
}

/**
 * Finds what has come in the way of a booked appointment since it was made. Nothing is cancelled by itself: a person
 * moves it or chooses somebody else.
 */
export function findAppointmentProblems(
  appointment: Pick<Appointment, 'startsAt' | 'keptUntil' | 'people'>,
  calendars: readonly Calendar[],
  zone: string,
): readonly AppointmentProblem[] {
  const { startsAt, keptUntil, people } = appointment
  const clocks = quartersOf(startsAt, keptUntil).map(each =>
    readWallClock(startOfQuarter(each).getTime(), zone),
  )
  return people.flatMap((person): readonly AppointmentProblem[] => {
    const calendar = calendars.find(each => each.personId === person.personId && each.role === person.role)
    if (!calendar) return [{ person, kind: 'cannot-join' }]
    if (isAway(calendar.absences, startsAt, keptUntil)) return [{ person, kind: 'on-leave' }]
    if (!clocks.every(clock => isAtWork(calendar.hours, clock))) return [{ person, kind: 'outside-hours' }]
    return []
  })
}

/** The problem as it is shown on screen, with what to do next. */
export function sayAppointmentProblem({ person, kind }: AppointmentProblem): string {
  switch (kind) {
    case 'cannot-join':
      return `${person.name} cannot join any more: they left or were stopped, or they do not see this case any more. Move the appointment and choose somebody else.`
    case 'on-leave':
      return `${person.name} is away then. Move the appointment, or choose somebody else.`
    case 'outside-hours':
      return `${person.name} no longer works at that time. Move the appointment, or choose somebody else.`
  }
}
