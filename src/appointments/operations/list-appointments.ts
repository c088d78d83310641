import { loadProfile } from '../../directory/operations/load-profile.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import type { Appointment, AppointmentInShort } from '../appointment.ts'
import { loadAppointments, loadAppointmentsInShort } from '../store.ts'

/** The appointments of a case that is open for them, the latest first. */
export async function listAppointments(
  transaction: Transaction,
  caseId: CaseId,
): Promise<{ readonly appointments: readonly Appointment[]; readonly zone: string }> {
  return {
    appointments: await loadAppointments(transaction, caseId),
    zone: (await loadProfile(transaction)).timeZone,
  }
}

/** The same in short: nobody is named. */
export function listAppointmentsInShort(
  transaction: Transaction,
  caseId: CaseId,
): Promise<readonly AppointmentInShort[]> {
  return loadAppointmentsInShort(transaction, caseId)
}
