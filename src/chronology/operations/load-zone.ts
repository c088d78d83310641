import type { CaseId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { loadZoneForClient } from '../diary-store.ts'
import { loadCaseZone } from '../store.ts'

/** The zone whose clock the reader of an open case goes by: a client in their own case, or a member of staff. */
export async function loadZone(transaction: Transaction, caseId: CaseId): Promise<string> {
  const ofClient = transaction.actor.kind === 'client' ? await loadZoneForClient(transaction) : null
  return ofClient ?? loadCaseZone(transaction, caseId)
}
