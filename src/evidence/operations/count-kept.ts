import type { CaseId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { loadKeptOfCase } from '../kept-store.ts'

/** How many records the readings of a case keep. Needs the case open in its chronology. */
export async function countKept(transaction: Transaction, caseId: CaseId): Promise<number> {
  return (await loadKeptOfCase(transaction, caseId)).records
}
