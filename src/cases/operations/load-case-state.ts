import type { CaseId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { loadCaseState as loadState } from '../closing-store.ts'

/** Whether a case is open or closed; null when the person acting may not see it. */
export async function findCaseState(
  transaction: Transaction,
  caseId: CaseId,
): Promise<'open' | 'closed' | null> {
  return loadState(transaction, caseId)
}
