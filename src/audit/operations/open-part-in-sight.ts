import type { Transaction } from '../../platform/database.ts'
import { openCaseInSight } from '../store.ts'
import type { CaseLook } from './open-case.ts'

/**
 * Opens a further part of a case for a page that shows several, when rule S5 lets this person see it. Unlike
 * `openCase`, a part that is not theirs is no refused look: nobody asked for it, and the page leaves it out.
 */
export async function openPartInSight(transaction: Transaction, look: CaseLook): Promise<boolean> {
  return openCaseInSight(transaction, look.caseId, look.part, look.mode)
}
