import type { CaseMode, CasePart } from '../../foundation/case-part.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Actor, Database, Transaction } from '../../platform/database.ts'
import { isInSight, openCaseRow } from '../store.ts'

export type CaseLook = { readonly caseId: CaseId; readonly part: CasePart; readonly mode: CaseMode }

/**
 * Opens a case within a transaction, which records who looked at which part. False when rule S5 says no; that is
 * recorded too. Until a case is opened, its tables read as empty.
 */
export async function openCase(transaction: Transaction, look: CaseLook): Promise<boolean> {
  return openCaseRow(transaction, look.caseId, look.part, look.mode)
}

/**
 * Does work on an open case in one transaction, or answers null when the actor may not see that part of it
 * (or there is no such case: the two look the same from outside).
 */
export async function withCase<Answer>(
  database: Database,
  actor: Actor,
  look: CaseLook,
  work: (transaction: Transaction) => Promise<Answer>,
): Promise<Answer | null> {
  return database.transaction(actor, async transaction => {
    if (!(await openCase(transaction, look))) return null
    return work(transaction)
  })
}

/** Whether the actor may open this part of a case, within a transaction that shows less where they may not. */
export async function mayLook(transaction: Transaction, look: CaseLook): Promise<boolean> {
  return isInSight(transaction, look.caseId, look.part, look.mode)
}

/**
 * Whether a person may open this part of a case, without opening it. A refusal is recorded, as any refused look is.
 */
export async function seesCase(database: Database, actor: Actor, look: CaseLook): Promise<boolean> {
  return database.transaction(actor, async transaction => {
    if (await isInSight(transaction, look.caseId, look.part, look.mode)) return true
    return openCase(transaction, look)
  })
}
