import type { AppointmentId, CaseId } from '../../foundation/ids.ts'
import { sealFollowUp } from '../follow-up-store.ts'
import { quarterAt, quartersOf } from '../quarter.ts'
import type { SealedAppointment } from '../sealed-appointment.ts'
import {
  type AppointmentKeyHolder,
  clientSeatOf,
  sealAppointment,
  sealSeatRef,
  timeTokenOf,
} from '../sealed-appointment-store.ts'
import type { SealedFollowUp } from '../sealed-follow-up.ts'

/** An appointment of an earlier version as this one keeps it: its body, and the seats it takes where it takes any. */
export function sealEarlierAppointment(
  holder: AppointmentKeyHolder,
  appointmentId: AppointmentId,
  body: SealedAppointment,
): {
  readonly sealed: Buffer
  readonly seats: readonly {
    readonly seatOf: string
    readonly quarter: number
    readonly sealed: Buffer | null
  }[]
} {
  const ref = { caseId: body.caseId as CaseId, appointmentId }
  const seats = quartersOf(body.startsAt, body.keptUntil).flatMap((quarter, index) =>
    [clientSeatOf(holder, body.caseId, quarter), ...body.people.map(person => person.personId)].map(
      seatOf => ({
        seatOf,
        quarter,
        sealed: index === 0 ? sealSeatRef(holder, { seatOf, quarter }, ref) : null,
      }),
    ),
  )
  return { sealed: sealAppointment(holder, appointmentId, body), seats }
}

/** A follow-up of an earlier version as this one keeps it. */
export function sealEarlierFollowUp(
  holder: AppointmentKeyHolder,
  id: AppointmentId,
  body: SealedFollowUp,
): Buffer {
  return sealFollowUp(holder, id, body)
}

/** What a reminder of an earlier version was about, without its time in the open; other words stay as they are. */
export function sealEarlierAbout(holder: AppointmentKeyHolder, about: string): string {
  const [appointmentId = '', quarter] = about.split(':')
  if (quarter === undefined || !/^\d+$/.test(quarter)) return about
  const moment = new Date(Number(quarter) * 900_000)
  return `${appointmentId}:${timeTokenOf(holder, appointmentId as AppointmentId, quarterAt(moment))}`
}
