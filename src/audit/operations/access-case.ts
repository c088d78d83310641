import type { CaseMode, CasePart } from '../../foundation/case-part.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Actor, Database, Transaction } from '../../platform/database.ts'
import { openedAtEntry } from '../../platform/once-in-visit.ts'
import { isInSight, openCaseRow } from '../store.ts'

export type CaseAccess = { readonly caseId: CaseId; readonly part: CasePart; readonly mode: CaseMode }

/**
 * Opens a case within a transaction, which records who opened which part. False when rule S5 says no; that is recorded
 * too. Until a case is opened, its tables read as empty.
 */
export async function accessCase(
  transaction: Transaction,
  access: CaseAccess,
  again = false,
): Promise<boolean> {
  return openCaseRow(transaction, access.caseId, access.part, access.mode, again)
}

/**
 * Does work on an open case in one transaction, or answers null when the actor may not see that part of it, or when
 * there is no such case: the two look the same from outside.
 *
 * @param again this is the rest of a visit that opened the same part before: one visit is one access, in however many
 *   transactions
 */
export async function withCase<Answer>(
  database: Database,
  actor: Actor,
  access: CaseAccess,
  work: (transaction: Transaction) => Promise<Answer>,
  again = false,
): Promise<Answer | null> {
  return database.transaction(actor, async transaction => {
    if (!(await accessCase(transaction, access, again))) return null
    return work(transaction)
  })
}

/** Whether the actor may open this part of a case, within a transaction that shows less where they may not. */
export async function mayAccess(transaction: Transaction, access: CaseAccess): Promise<boolean> {
  const sees = openedAtEntry(transaction, access.caseId)?.sees
  if (sees) return sees.has(`${access.part} ${access.mode}`)
  return isInSight(transaction, access.caseId, access.part, access.mode)
}

/** Which parts of a case somebody may see, or change. */
export type Sight = (part: CasePart, mode: CaseMode) => boolean
