import type { CaseId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import type { RecordedAct } from '../act.ts'
import { loadTrail } from '../store.ts'

/** What was done and looked at in a case, the newest first. The case must be open for its trail. */
export async function listTrail(
  transaction: Transaction,
  caseId: CaseId,
  atMost: number,
): Promise<readonly RecordedAct[]> {
  return loadTrail(transaction, caseId, atMost)
}
