import { recordAct } from '../../audit/operations/record-act.ts'
import { findCaseLine } from '../../cases/operations/list-caseload.ts'
import { raiseTask } from '../../contact/operations/raise-task.ts'
import { loadProfile } from '../../directory/operations/load-profile.ts'
import type { Decision } from '../../foundation/decision.ts'
import type { AppointmentId, CaseId, PersonId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import type { Attendance } from '../appointment.ts'
import { type AttendanceRefusal, decideAttendance, needsFollowUp } from '../attendance.ts'
import { findTriesNeeded } from '../follow-up.ts'
import { addFollowUp, closeFollowUp, loadFollowUp } from '../follow-up-store.ts'
import { changeAppointment, holdAppointment, loadAppointments } from '../store.ts'
import { finishFollowUpTask } from './follow-up.ts'

/**
 * Records the outcome of an appointment. Somebody who did not come, or left early, is never written to: a task is
 * raised for a person to assess the risk and try the agreed safe channel. A correction to "attended" ends that task.
 */
export async function recordAttendance(
  clinic: Clinic,
  transaction: Transaction,
  by: PersonId,
  caseId: CaseId,
  appointmentId: AppointmentId,
  attendance: Attendance,
): Promise<Decision<{ readonly raised: boolean }, AttendanceRefusal | 'not-found'>> {
  await holdAppointment(transaction, appointmentId)
  const own = (await loadAppointments(transaction, caseId)).find(each => each.appointmentId === appointmentId)
  if (!own) return { allowed: false, because: 'not-found' }
  const decision = decideAttendance(own, transaction.now)
  if (!decision.allowed) return decision
  // The same form sent twice: it is recorded so already.
  if (own.state === attendance) return { allowed: true, raised: false }
  await changeAppointment(transaction, own, {
    state: attendance,
    settledAt: transaction.now,
    settledBy: by,
  })
  await recordAct(transaction, {
    verb: 'attendance-recorded',
    caseId,
    part: 'appointment',
    subject: appointmentId,
    detail: { attendance, before: own.state },
  })
  if (!needsFollowUp(attendance)) {
    const open = await loadFollowUp(transaction, caseId, appointmentId)
    if (attendance === 'attended' && open && open.closedAt === null) {
      await closeFollowUp(transaction, by, caseId, appointmentId, { outcome: 'came-after-all', note: null })
      await finishFollowUpTask(clinic, transaction, by, caseId, appointmentId)
    }
    return { allowed: true, raised: false }
  }
  // A case that is not in sight for its overview is taken to be at risk: the more tries, the safer.
  const line = await findCaseLine(transaction, caseId)
  const raised = await addFollowUp(transaction, by, caseId, {
    appointmentId,
    because: attendance,
    triesNeeded: findTriesNeeded(
      line?.urgency ?? 'today',
      (await loadProfile(transaction)).appointments.tries,
    ),
  })
  if (raised) {
    await raiseTask(transaction, {
      caseId,
      kind: 'client-did-not-come',
      because: attendance,
      subject: appointmentId,
    })
    await recordAct(transaction, {
      verb: 'follow-up-raised',
      caseId,
      part: 'appointment',
      subject: appointmentId,
      detail: { because: attendance },
    })
  }
  return { allowed: true, raised }
}
