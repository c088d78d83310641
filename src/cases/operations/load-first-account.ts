import type { CaseId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import type { FirstAccount } from '../first-account.ts'
import { loadFirstAccountRow } from '../triage-store.ts'

/** The first account of the referral, on a case open for its referral; null where nothing of it is kept. */
export async function loadFirstAccount(
  transaction: Transaction,
  caseId: CaseId,
): Promise<FirstAccount | null> {
  return loadFirstAccountRow(transaction, caseId)
}
