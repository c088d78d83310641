import type { AppointmentId, CaseId, PersonId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { findDaySpan } from '../day-span.ts'
import { findJointSlots, type JointSlot } from '../joint-slots.ts'
import { quartersOf } from '../quarter.ts'
import { findNeededRoles, type SeatRole } from '../seat-role.ts'
import { loadAppointments } from '../store.ts'
import { type Calendars, loadCalendars } from './load-calendars.ts'

/** Who is wanted, and from which day on. */
export type SlotWish = {
  readonly domesticAbuse: boolean
  /** Where a person is named for a role, nobody else will do. */
  readonly named: ReadonlyMap<SeatRole, PersonId>
  /** The first day that will do ("2026-03-02"), and whether only that day is wanted; null for as soon as can be. */
  readonly fromDay: string | null
  readonly isOnlyThatDay: boolean
}

export type OfferOptions = {
  readonly atMost: number
  /** The appointment that is being moved: its own time is free for itself. */
  readonly moving?: AppointmentId
}

export type Offer = {
  readonly calendars: Calendars
  readonly slots: readonly JointSlot[]
  /** Roles that nobody can fill, whenever: no such person may join this case, or none has hours. */
  readonly unfilled: readonly { readonly role: SeatRole; readonly because: 'nobody' | 'no-hours' }[]
}

/** The times at which everybody an appointment needs is free, on a case that is open for its appointments. */
export async function offerSlots(
  transaction: Transaction,
  caseId: CaseId,
  wish: SlotWish,
  { atMost, moving }: OfferOptions,
): Promise<Offer> {
  const loaded = await loadCalendars(transaction, caseId)
  const calendars = moving ? await withoutOwn(transaction, caseId, loaded, moving) : loaded
  const span = wish.fromDay === null ? null : findDaySpan(wish.fromDay, calendars.zone)
  const { now } = transaction
  const roles = findNeededRoles(wish.domesticAbuse)
  const slots = findJointSlots({
    ...calendars,
    roles,
    named: wish.named,
    now,
    from: span && span.startsAt > now ? span.startsAt : now,
    // A slot may begin up to the last minute of the day, and never after what is offered.
    until: new Date(
      Math.min(
        calendars.latest.getTime(),
        wish.isOnlyThatDay && span ? span.endsAt.getTime() - 60_000 : calendars.latest.getTime(),
      ),
    ),
    atMost: calendars.isCaseClosed ? 0 : atMost,
  })
  const unfilled = roles.flatMap((role): Offer['unfilled'] => {
    const people = calendars.calendars.filter(each => each.role === role)
    if (people.length === 0) return [{ role, because: 'nobody' }]
    return people.every(each => each.hours.length === 0) ? [{ role, because: 'no-hours' }] : []
  })
  return { calendars, slots, unfilled }
}

/** The calendars as they are for an appointment that would move: what it keeps itself is free. */
export async function withoutOwn(
  transaction: Transaction,
  caseId: CaseId,
  calendars: Calendars,
  moving: AppointmentId,
): Promise<Calendars> {
  const own = (await loadAppointments(transaction, caseId)).find(each => each.appointmentId === moving)
  if (own?.state !== 'booked') return calendars
  const kept = new Set(quartersOf(own.startsAt, own.keptUntil))
  const seated = new Set<string>(own.people.map(each => each.personId))
  const without = (taken: ReadonlySet<number>): ReadonlySet<number> =>
    new Set([...taken].filter(each => !kept.has(each)))
  return {
    ...calendars,
    clientTaken: without(calendars.clientTaken),
    calendars: calendars.calendars.map(each =>
      seated.has(each.personId) ? { ...each, taken: without(each.taken) } : each,
    ),
  }
}
