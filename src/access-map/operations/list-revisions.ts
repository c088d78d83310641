import type { CaseId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { loadRevisionLines, type RevisionLine } from '../store.ts'

/** Every state the map has had, the newest first: when, by whom, what was done. */
export async function listRevisions(
  transaction: Transaction,
  caseId: CaseId,
): Promise<readonly RevisionLine[]> {
  return loadRevisionLines(transaction, caseId)
}
