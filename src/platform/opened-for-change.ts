import type { CaseId } from '../foundation/ids.ts'
import type { Transaction } from './database.ts'

const opened = new WeakMap<Transaction, Set<CaseId>>()
const onlyReads = new WeakSet<Transaction>()

/** Notes that this transaction has opened a case in order to change it. */
export function noteOpenedForChange(transaction: Transaction, caseId: CaseId): void {
  const cases = opened.get(transaction) ?? new Set<CaseId>()
  opened.set(transaction, cases)
  cases.add(caseId)
}

/** Notes that this transaction changes nothing, in whatever mode a case is opened: it draws a page. */
export function noteOnlyReads(transaction: Transaction): void {
  onlyReads.add(transaction)
}

/** The cases that this transaction has opened in order to change them. */
export function casesOpenedForChange(transaction: Transaction): readonly CaseId[] {
  return onlyReads.has(transaction) ? [] : [...(opened.get(transaction) ?? [])]
}
