import type { CaseId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import type { Relation } from '../referral.ts'
import { loadRelationOf } from '../store.ts'

/**
 * Who the suspected person is to the client, by the referral answers, on a case open for its referral; null when not
 * known.
 */
export async function loadRelation(transaction: Transaction, caseId: CaseId): Promise<Relation | null> {
  return loadRelationOf(transaction, caseId)
}
