import type { Transaction } from '../../platform/database.ts'
import { openedAtEntry } from '../../platform/once-in-visit.ts'
import { openBesideRow } from '../store.ts'
import type { CaseAccess } from './access-case.ts'

/**
 * Opens a further part of a case for a page that shows something of it beside what was asked for, when rule S5 lets
 * this person see it. It is recorded as that. Unlike in `accessCase`, a part that they may not see is no refused
 * access: nobody asked for it, and the page leaves it out.
 */
export async function openPartInSight(transaction: Transaction, access: CaseAccess): Promise<boolean> {
  const { caseId, part, mode } = access
  const entered = openedAtEntry(transaction, caseId)
  if (entered) {
    if (mode === 'read' && entered.parts.has(part)) return true
    if (entered.sees && !entered.sees.has(`${part} ${mode}`)) return false
  }
  return openBesideRow(transaction, caseId, part, mode)
}
