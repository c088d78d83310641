import { recordAct } from '../../audit/operations/record-act.ts'
import { openCaseSeal } from '../../cases/operations/open-case-seal.ts'
import type { AppointmentId, CaseId, PersonId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { changeAppointment, holdAppointment, loadAppointments } from '../store.ts'

/**
 * Keeps the notes of an appointment, sealed. `seenAt` says which notes the writer had before them; when a colleague has
 * saved since, nothing is overwritten and the answer is `changed`.
 */
export async function keepNotes(
  clinic: Clinic,
  transaction: Transaction,
  by: PersonId,
  caseId: CaseId,
  appointmentId: AppointmentId,
  notes: { readonly text: string; readonly seenAt: string },
): Promise<'kept' | 'changed' | 'not-found'> {
  await holdAppointment(transaction, appointmentId)
  const own = (await loadAppointments(transaction, caseId)).find(each => each.appointmentId === appointmentId)
  if (!own) return 'not-found'
  if ((own.notesAt?.toISOString() ?? '') !== notes.seenAt) return 'changed'
  const seal = await openCaseSeal(clinic, transaction, caseId)
  await changeAppointment(transaction, own, {
    notes: notes.text === '' ? null : await seal.seal(notesField(appointmentId), notes.text),
    notesAt: transaction.now,
    notesBy: by,
  })
  await recordAct(transaction, {
    verb: 'appointment-notes-kept',
    caseId,
    part: 'appointment',
    subject: appointmentId,
  })
  return 'kept'
}

/** The name under which the notes of an appointment are sealed. */
export function notesField(appointmentId: AppointmentId): string {
  return `appointment-notes ${appointmentId}`
}
