import type { CaseId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { loadPlanRevisionLines, type PlanRevisionLine } from '../store.ts'

/** Every state the plan has had, the newest first: when, by whom, what was done. */
export async function listPlanRevisions(
  transaction: Transaction,
  caseId: CaseId,
): Promise<readonly PlanRevisionLine[]> {
  return loadPlanRevisionLines(transaction, caseId)
}
