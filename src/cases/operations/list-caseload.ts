import type { CaseId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import type { CaseLine } from '../filed.ts'
import { loadCaseload } from '../store.ts'

/** The cases that the person acting may see, the newest first: enough to find one, nothing of what is in it. */
export async function listCaseload(transaction: Transaction): Promise<readonly CaseLine[]> {
  return loadCaseload(transaction)
}

/** One of them, or null when the person acting may not see it. */
export async function findCaseLine(transaction: Transaction, caseId: CaseId): Promise<CaseLine | null> {
  return (await loadCaseload(transaction, caseId))[0] ?? null
}
