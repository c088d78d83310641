import type { PersonId } from '../foundation/ids.ts'
import { readWallClock, type WallClock } from '../foundation/local-date.ts'
import { type Calendar, isAtWork, isAway } from './calendar.ts'
import { type Quarter, quarterAt, quartersOf, startOfQuarter } from './quarter.ts'
import type { SeatRole } from './seat-role.ts'
import { endsOf, type SlotShape } from './slot-shape.ts'

/** Who sits in an appointment, one for each role it needs. */
export type Seating = readonly { readonly role: SeatRole; readonly personId: PersonId }[]

export type JointSlot = { readonly startsAt: Date; readonly seating: Seating }

export type SlotAsk = {
  /** The roles that must all be free. */
  readonly roles: readonly SeatRole[]
  /** Everybody who may join this case. */
  readonly calendars: readonly Calendar[]
  /** Where a person was named for a role, nobody else will do. */
  readonly named: ReadonlyMap<SeatRole, PersonId>
  /** Quarters in which the client is expected already. */
  readonly clientTaken: ReadonlySet<Quarter>
  readonly shape: SlotShape
  readonly zone: string
  readonly now: Date
  /** The first and the last moment at which a slot may begin. */
  readonly from: Date
  readonly until: Date
  readonly atMost: number
}

/**
 * Finds the times at which everybody whom an appointment needs is free, the earliest first: within their hours, not
 * away, not taken, for the appointment and the write-up after it. Times are tried as moments, so that an hour the
 * clocks skip is never offered and one that comes twice is two. Nothing begins in the past. Where several people of
 * a role are free, the one with the fewest taken quarters sits, so that work is spread; then by id.
 */
export function findJointSlots(ask: SlotAsk): readonly JointSlot[] {
  const clocks = new Map<Quarter, WallClock>()
  const clockAt = (quarter: Quarter): WallClock => {
    const known = clocks.get(quarter)
    if (known) return known
    const clock = readWallClock(startOfQuarter(quarter).getTime(), ask.zone)
    clocks.set(quarter, clock)
    return clock
  }
  const candidates = ask.roles.map(role => ({ role, people: findCandidates(ask, role) }))
  if (candidates.some(({ people }) => people.length === 0)) return []

  const slots: JointSlot[] = []
  const last = quarterAt(ask.until)
  let quarter = quarterAt(ask.from)
  if (startOfQuarter(quarter) < ask.from) quarter += 1
  for (; quarter <= last && slots.length < ask.atMost; quarter += 1) {
    const startsAt = startOfQuarter(quarter)
    if (startsAt <= ask.now || clockAt(quarter).minute % ask.shape.gridMinutes !== 0) continue
    const { keptUntil } = endsOf(startsAt, ask.shape)
    const quarters = quartersOf(startsAt, keptUntil)
    if (quarters.some(each => ask.clientTaken.has(each))) continue
    const seating = candidates.map(({ role, people }) => {
      const free = people.find(
        person =>
          quarters.every(each => isAtWork(person.hours, clockAt(each)) && !person.taken.has(each)) &&
          !isAway(person.absences, startsAt, keptUntil),
      )
      return free ? { role, personId: free.personId } : null
    })
    const whole = seating.filter(seat => seat !== null)
    if (whole.length === seating.length) slots.push({ startsAt, seating: whole })
  }
  return slots
}

function findCandidates(ask: SlotAsk, role: SeatRole): readonly Calendar[] {
  const named = ask.named.get(role)
  return ask.calendars
    .filter(each => each.role === role && (named === undefined || each.personId === named))
    .sort((a, b) => a.taken.size - b.taken.size || (a.personId < b.personId ? -1 : 1))
}
