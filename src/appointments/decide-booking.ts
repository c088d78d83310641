import type { Decision } from '../foundation/decision.ts'
import { readWallClock } from '../foundation/local-date.ts'
import { type Calendar, isAtWork, isAway } from './calendar.ts'
import type { Seating } from './joint-slots.ts'
import { type Quarter, quarterAt, quartersOf, startOfQuarter } from './quarter.ts'
import { findNeededRoles } from './seat-role.ts'
import { endsOf, type SlotShape } from './slot-shape.ts'

export const bookingRefusals = [
  'case-closed',
  'in-the-past',
  'too-far-ahead',
  'not-on-the-grid',
  'somebody-missing',
  'cannot-join',
  'outside-hours',
  'on-leave',
  'client-is-expected',
  'taken',
] as const
export type BookingRefusal = (typeof bookingRefusals)[number]

export type BookingAsk = {
  readonly isCaseClosed: boolean
  readonly startsAt: Date
  readonly seating: Seating
  readonly domesticAbuse: boolean
  /** Everybody who may join this case now. */
  readonly calendars: readonly Calendar[]
  readonly clientTaken: ReadonlySet<Quarter>
  readonly shape: SlotShape
  readonly zone: string
  readonly now: Date
  readonly latest: Date
}

/**
 * Whether an appointment can be made as it was chosen, as things are now: between the choice and this moment somebody
 * may have left, gone on leave, lost the case or been booked. Returns the first thing in the way.
 */
export function decideBooking(ask: BookingAsk): Decision<object, BookingRefusal> {
  const no = (because: BookingRefusal) => ({ allowed: false, because }) as const
  if (ask.isCaseClosed) return no('case-closed')
  if (ask.startsAt <= ask.now) return no('in-the-past')
  if (ask.startsAt > ask.latest) return no('too-far-ahead')
  const clock = readWallClock(ask.startsAt.getTime(), ask.zone)
  const isOnQuarter = startOfQuarter(quarterAt(ask.startsAt)).getTime() === ask.startsAt.getTime()
  if (!isOnQuarter || clock.minute % ask.shape.gridMinutes !== 0) return no('not-on-the-grid')
  const needed = findNeededRoles(ask.domesticAbuse)
  const hasEach = needed.every(role => ask.seating.filter(seat => seat.role === role).length === 1)
  if (!hasEach || ask.seating.length !== needed.length) return no('somebody-missing')

  const { keptUntil } = endsOf(ask.startsAt, ask.shape)
  const quarters = quartersOf(ask.startsAt, keptUntil)
  const people = ask.seating.map(seat =>
    ask.calendars.find(each => each.personId === seat.personId && each.role === seat.role),
  )
  const joined = people.filter(each => each !== undefined)
  if (joined.length < people.length) return no('cannot-join')
  const isAtWorkThen = (person: Calendar): boolean =>
    quarters.every(each => isAtWork(person.hours, readWallClock(startOfQuarter(each).getTime(), ask.zone)))
  if (joined.some(person => isAway(person.absences, ask.startsAt, keptUntil))) return no('on-leave')
  if (!joined.every(isAtWorkThen)) return no('outside-hours')
  if (quarters.some(each => ask.clientTaken.has(each))) return no('client-is-expected')
  if (joined.some(person => quarters.some(each => person.taken.has(each)))) return no('taken')
  return { allowed: true }
}
