import type { PersonId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { loadPerson } from '../store.ts'

/** The name of somebody at the clinic, or null when there is nobody. */
export async function loadPersonName(transaction: Transaction, personId: PersonId): Promise<string | null> {
  return (await loadPerson(transaction, personId))?.name ?? null
}
