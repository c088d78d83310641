import { z } from 'zod'
import { keptAppointmentSchema } from '../cases/kept-appointment.ts'
import type { PersonId } from '../foundation/ids.ts'
import { attendances, cancelReasons, placeKinds } from './appointment.ts'
import { seatRoles } from './seat-role.ts'

const seconds = z.number().transform(at => new Date(at * 1000))
const person = z.string().transform(text => text as PersonId)

/** The whole of an appointment as it lies sealed. Times are seconds since 1970, so that a body keeps to its size. */
export const sealedAppointmentSchema = keptAppointmentSchema.extend({
  endsAt: seconds,
  keptUntil: seconds,
  placeKind: z.enum(placeKinds),
  /** Where, sealed under the key of the case (S6), in base64; null where nothing was said. */
  place: z.string().nullable(),
  domesticAbuse: z.boolean(),
  state: z.enum(['booked', 'cancelled', ...attendances]),
  cancelReason: z.enum(cancelReasons).nullable(),
  bookedAt: seconds,
  bookedBy: person,
  movedAt: seconds.nullable(),
  movedBy: person.nullable(),
  settledAt: seconds.nullable(),
  settledBy: person.nullable(),
  /** In milliseconds, because it tells whose notes were there first. */
  notesAt: z
    .number()
    .transform(at => new Date(at))
    .nullable(),
  notesBy: person.nullable(),
  people: z.array(z.object({ personId: person, role: z.enum(seatRoles) })),
  /** By which its seats are tied to the case: 64 hexadecimal digits of chance. */
  secret: z.string().length(64),
})
export type SealedAppointment = z.output<typeof sealedAppointmentSchema>

/** As it is written, so that the schema reads it again. */
export function writeSealedAppointment(body: SealedAppointment): z.input<typeof sealedAppointmentSchema> {
  const write = (at: Date): number => at.getTime() / 1000
  const writeOr = (at: Date | null): number | null => (at ? write(at) : null)
  return {
    ...body,
    startsAt: write(body.startsAt),
    endsAt: write(body.endsAt),
    keptUntil: write(body.keptUntil),
    bookedAt: write(body.bookedAt),
    movedAt: writeOr(body.movedAt),
    settledAt: writeOr(body.settledAt),
    notesAt: body.notesAt?.getTime() ?? null,
    people: body.people.map(({ personId, role }) => ({ personId, role })),
  }
}

/** Which appointment a seat is kept for, as it lies sealed in its first quarter. */
export const seatRefSchema = z.object({ c: z.string(), a: z.string() })
