import { recordAct } from '../../audit/operations/record-act.ts'
import type { Decision } from '../../foundation/decision.ts'
import type { AppointmentId, CaseId, PersonId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { isStillAhead } from '../attendance.ts'
import { type BookingRefusal, decideBooking } from '../decide-booking.ts'
import type { Seating } from '../joint-slots.ts'
import { keepQuarters } from '../seat-store.ts'
import { endsOf } from '../slot-shape.ts'
import { changeAppointment, holdAppointment, loadAppointments, loadKeptTime } from '../store.ts'
import { loadCalendars } from './load-calendars.ts'
import { withoutOwn } from './offer-slots.ts'
import { stopReminders } from './reminder.ts'

export type MoveChoice = {
  readonly startsAt: Date
  readonly seating: Seating
  readonly domesticAbuse: boolean
}

/**
 * Moves an appointment to another time, or to other people, all at once: until the new time is kept, the old one stays.
 * Only what is still ahead is moved, and a reminder of the old time that waits is stopped.
 */
export async function moveAppointment(
  transaction: Transaction,
  by: PersonId,
  caseId: CaseId,
  appointmentId: AppointmentId,
  choice: MoveChoice,
): Promise<Decision<object, BookingRefusal | 'not-found' | 'not-ahead' | 'contact-not-in-sight'>> {
  await holdAppointment(transaction, appointmentId)
  const own = (await loadAppointments(transaction, caseId)).find(each => each.appointmentId === appointmentId)
  if (!own) return { allowed: false, because: 'not-found' }
  if (!isStillAhead(own, transaction.now)) return { allowed: false, because: 'not-ahead' }
  const calendars = await withoutOwn(
    transaction,
    caseId,
    await loadCalendars(transaction, caseId),
    appointmentId,
  )
  const decision = decideBooking({ ...calendars, ...choice, now: transaction.now })
  if (!decision.allowed) return decision
  if (!(await stopReminders(transaction, caseId, appointmentId)))
    return { allowed: false, because: 'contact-not-in-sight' }
  const { startsAt, seating, domesticAbuse } = choice
  const ends = endsOf(startsAt, calendars.shape)
  const before = await loadKeptTime(transaction, caseId, appointmentId)
  if (!before) return { allowed: false, because: 'not-found' }
  const time = { ...before, ...ends, startsAt, seating }
  if (!(await keepQuarters(transaction, time, before))) return { allowed: false, because: 'taken' }
  await changeAppointment(transaction, time, {
    ...ends,
    startsAt,
    domesticAbuse,
    people: [...seating],
    movedAt: transaction.now,
    movedBy: by,
  })
  await recordAct(transaction, {
    verb: 'appointment-moved',
    caseId,
    part: 'appointment',
    subject: appointmentId,
    detail: { from: own.startsAt.toISOString(), to: startsAt.toISOString() },
  })
  return { allowed: true }
}
