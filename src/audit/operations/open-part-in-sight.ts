import type { Transaction } from '../../platform/database.ts'
import { openBesideRow } from '../store.ts'
import type { CaseLook } from './open-case.ts'

/**
 * Opens a further part of a case for a page that shows something of it beside what was asked for, when rule S5 lets this
 * person see it. It is recorded as that. Unlike `openCase`, a part that is not theirs is no refused look: nobody asked
 * for it, and the page leaves it out.
 */
export async function openPartInSight(transaction: Transaction, look: CaseLook): Promise<boolean> {
  return openBesideRow(transaction, look.caseId, look.part, look.mode)
}
