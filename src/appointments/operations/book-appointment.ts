import { z } from 'zod'
import { recordAct } from '../../audit/operations/record-act.ts'
import { openCaseSeal } from '../../cases/operations/open-case-seal.ts'
import type { Decision } from '../../foundation/decision.ts'
import { type AppointmentId, type CaseId, makeId, type PersonId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { doOnce } from '../../platform/do-once.ts'
import type { PlaceKind } from '../appointment.ts'
import { type BookingRefusal, bookingRefusals, decideBooking } from '../decide-booking.ts'
import type { Seating } from '../joint-slots.ts'
import { keepQuarters } from '../seat-store.ts'
import { endsOf } from '../slot-shape.ts'
import { addAppointment, makeSeatSecret } from '../store.ts'
import { type Calendars, loadCalendars } from './load-calendars.ts'

export type BookingChoice = {
  readonly startsAt: Date
  readonly seating: Seating
  readonly domesticAbuse: boolean
  readonly placeKind: PlaceKind
  /** Where exactly, as typed; empty when nothing was. */
  readonly place: string
}

const resultSchema = z.union([
  z.object({ allowed: z.literal(true), appointmentId: z.string().transform(id => id as AppointmentId) }),
  z.object({ allowed: z.literal(false), because: z.enum(bookingRefusals) }),
])
export type BookingResult = Decision<{ readonly appointmentId: AppointmentId }, BookingRefusal>

/**
 * Books an appointment for everybody it needs, or for nobody, on a case that is open for changing its appointments.
 * Everything is checked again, since a form may lie open for an hour. When many ask for one hour at the same instant,
 * the database lets exactly one have it; the others are told that it is taken.
 */
export async function bookAppointment(
  clinic: Clinic,
  transaction: Transaction,
  by: PersonId,
  caseId: CaseId,
  choice: BookingChoice,
  formToken: string | null,
): Promise<BookingResult> {
  return doOnce(
    transaction,
    'book-appointment',
    formToken,
    kept => resultSchema.parse(kept),
    async () => {
      const calendars = await loadCalendars(transaction, caseId)
      const decision = decideBooking({ ...calendars, ...choice, now: transaction.now })
      if (!decision.allowed) return decision
      const appointmentId = makeId<AppointmentId>(transaction.now)
      const { startsAt, seating } = choice
      const secret = makeSeatSecret()
      const time = { appointmentId, caseId, startsAt, seating, secret, ...endsOf(startsAt, calendars.shape) }
      if (!(await keepQuarters(transaction, time, null))) return { allowed: false, because: 'taken' } as const
      const place =
        choice.place === ''
          ? null
          : await (await openCaseSeal(clinic, transaction, caseId)).seal(
              placeField(appointmentId),
              choice.place,
            )
      await addAppointment(transaction, by, time, {
        placeKind: choice.placeKind,
        place,
        domesticAbuse: choice.domesticAbuse,
      })
      await recordAct(transaction, {
        verb: 'appointment-booked',
        caseId,
        part: 'appointment',
        subject: appointmentId,
        detail: { startsAt: startsAt.toISOString(), people: seating.length },
      })
      return { allowed: true, appointmentId }
    },
  )
}

/** The name under which the place of an appointment is sealed. */
export function placeField(appointmentId: AppointmentId): string {
  return `appointment-place ${appointmentId}`
}

/** Whether an appointment could be booked as chosen now, without booking it: for the page that shows it once more. */
export async function checkBooking(
  transaction: Transaction,
  caseId: CaseId,
  choice: Pick<BookingChoice, 'startsAt' | 'seating' | 'domesticAbuse'>,
): Promise<Decision<{ readonly calendars: Calendars }, BookingRefusal>> {
  const calendars = await loadCalendars(transaction, caseId)
  const decision = decideBooking({ ...calendars, ...choice, now: transaction.now })
  return decision.allowed ? { allowed: true, calendars } : decision
}
