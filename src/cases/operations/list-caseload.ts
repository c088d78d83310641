import type { CaseId } from '../../foundation/ids.ts'
import { beginningOfList, type PageOfList } from '../../foundation/page-of-list.ts'
import type { Transaction } from '../../platform/database.ts'
import type { CaseLine, CaseloadChoice } from '../filed.ts'
import { loadCaseload } from '../list-store.ts'
import { loadCaseLine } from '../store.ts'

/** A page of the cases that the person acting may see: enough to find one, nothing of what is in it. */
export async function listCaseload(
  transaction: Transaction,
  choice: Partial<CaseloadChoice> = {},
): Promise<PageOfList<CaseLine>> {
  const usual = { state: 'open', urgency: null, order: 'newest', first: [], place: beginningOfList } as const
  return loadCaseload(transaction, { ...usual, ...choice })
}

/** One of them, or null when the person acting may not see it. */
export async function findCaseLine(transaction: Transaction, caseId: CaseId): Promise<CaseLine | null> {
  return loadCaseLine(transaction, { caseId })
}

/** The case with this reference, or null when the person acting may not see it, or there is none. */
export async function findCaseByReference(
  transaction: Transaction,
  reference: string,
): Promise<CaseLine | null> {
  return loadCaseLine(transaction, { reference })
}
