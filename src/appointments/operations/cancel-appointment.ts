import { recordAct } from '../../audit/operations/record-act.ts'
import type { Decision } from '../../foundation/decision.ts'
import type { AppointmentId, CaseId, PersonId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import type { CancelReason } from '../appointment.ts'
import { isStillAhead } from '../attendance.ts'
import { freeQuarters } from '../seat-store.ts'
import { changeAppointment, holdAppointment, loadAppointments, loadKeptTime } from '../store.ts'
import { stopReminders } from './reminder.ts'

/** Cancels an appointment that is still ahead, with its reason, and frees everybody's time. Nobody is written to, and a reminder that waits is stopped. */
export async function cancelAppointment(
  transaction: Transaction,
  by: PersonId,
  caseId: CaseId,
  appointmentId: AppointmentId,
  reason: CancelReason,
): Promise<Decision<object, 'not-found' | 'not-ahead' | 'contact-not-in-sight'>> {
  await holdAppointment(transaction, appointmentId)
  const own = (await loadAppointments(transaction, caseId)).find(each => each.appointmentId === appointmentId)
  if (!own) return { allowed: false, because: 'not-found' }
  if (own.state === 'cancelled') return { allowed: true }
  if (!isStillAhead(own, transaction.now)) return { allowed: false, because: 'not-ahead' }
  if (!(await stopReminders(transaction, caseId, appointmentId)))
    return { allowed: false, because: 'contact-not-in-sight' }
  const time = await loadKeptTime(transaction, caseId, appointmentId)
  if (time) await freeQuarters(transaction, time)
  await changeAppointment(transaction, own, {
    state: 'cancelled',
    cancelReason: reason,
    settledAt: transaction.now,
    settledBy: by,
  })
  await recordAct(transaction, {
    verb: 'appointment-cancelled',
    caseId,
    part: 'appointment',
    subject: appointmentId,
    detail: { reason },
  })
  return { allowed: true }
}
