import type { PersonId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { loadComingAppointmentCount as count } from '../store.ts'

/** In how many coming appointments somebody sits; for an administrator, who learns nothing else of them. */
export async function countComingAppointments(transaction: Transaction, personId: PersonId): Promise<number> {
  return count(transaction, personId)
}
