import { createHmac } from 'node:crypto'
import { appointmentKind } from '../cases/kept-appointment.ts'
import type { AppointmentId, CaseId, ClinicId } from '../foundation/ids.ts'
import { type ClinicKey, deriveSecret } from '../platform/keys.ts'
import { openBody, sealBody } from '../platform/seal-body.ts'
import type { Quarter } from './quarter.ts'
import {
  type SealedAppointment,
  sealedAppointmentSchema,
  seatRefSchema,
  writeSealedAppointment,
} from './sealed-appointment.ts'

/** With whose key, and of which clinic. */
export type AppointmentKeyHolder = {
  readonly clinicKey: () => ClinicKey
  readonly actor: { readonly clinicId: ClinicId }
}

/** In bytes: more than an appointment takes, so that all look alike. */
const bodySize = 2048
const refSize = 128

export function sealAppointment(
  holder: AppointmentKeyHolder,
  id: AppointmentId,
  body: SealedAppointment,
): Buffer {
  const place = { clinicId: holder.actor.clinicId, kind: appointmentKind, id }
  return sealBody(holder.clinicKey(), place, writeSealedAppointment(body), bodySize)
}

export function openAppointment(
  holder: AppointmentKeyHolder,
  id: AppointmentId,
  sealed: Buffer,
): SealedAppointment {
  const place = { clinicId: holder.actor.clinicId, kind: appointmentKind, id }
  return sealedAppointmentSchema.parse(openBody(holder.clinicKey(), place, sealed))
}

/** Which appointment, of which case, as it lies in the first quarter of each of its seats. */
export function sealSeatRef(
  holder: AppointmentKeyHolder,
  seat: { readonly seatOf: string; readonly quarter: Quarter },
  ref: { readonly caseId: CaseId; readonly appointmentId: AppointmentId },
): Buffer {
  return sealBody(
    holder.clinicKey(),
    placeOfSeat(holder, seat),
    { c: ref.caseId, a: ref.appointmentId },
    refSize,
  )
}

export function openSeatRef(
  holder: AppointmentKeyHolder,
  seat: { readonly seatOf: string; readonly quarter: Quarter },
  sealed: Buffer,
): { readonly caseId: CaseId; readonly appointmentId: AppointmentId } {
  const { c, a } = seatRefSchema.parse(openBody(holder.clinicKey(), placeOfSeat(holder, seat), sealed))
  return { caseId: c as CaseId, appointmentId: a as AppointmentId }
}

function placeOfSeat(
  holder: AppointmentKeyHolder,
  { seatOf, quarter }: { seatOf: string; quarter: Quarter },
) {
  return { clinicId: holder.actor.clinicId, kind: 'appointment-seat', id: `${seatOf} ${quarter}` }
}

const seatKeys = new WeakMap<ClinicKey, Buffer>()

/**
 * The seat that a client keeps in a quarter of an hour: the same for the same case and quarter, so that nobody is
 * expected twice at once, and without the key another for every quarter.
 */
export function clientSeatOf(holder: AppointmentKeyHolder, caseId: CaseId, quarter: Quarter): string {
  const key = holder.clinicKey()
  const own = seatKeys.get(key) ?? deriveSecret(key, 'client-seats')
  seatKeys.set(key, own)
  const digest = createHmac('sha256', own)
    .update(`${holder.actor.clinicId} ${caseId} ${quarter}`)
    .digest('hex')
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    digest.slice(12, 16),
    digest.slice(16, 20),
    digest.slice(20, 32),
  ].join('-')
}

/** Which time an appointment has, as a number that says nothing: for telling two reminders of it apart. */
export function timeTokenOf(
  holder: AppointmentKeyHolder,
  appointmentId: AppointmentId,
  quarter: Quarter,
): string {
  return createHmac('sha256', deriveSecret(holder.clinicKey(), 'appointment-times'))
    .update(`${holder.actor.clinicId} ${appointmentId} ${quarter}`)
    .digest('hex')
    .slice(0, 16)
}
