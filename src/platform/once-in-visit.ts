import type { CaseId } from '../foundation/ids.ts'
import type { ReadAtEntry, Transaction } from './database.ts'

/** What the statement that began this visit read of a case; null where it opened another one, or none. */
export function openedAtEntry(transaction: Transaction, caseId: CaseId): ReadAtEntry['opened'] {
  const opened = transaction.atEntry?.opened
  return opened?.caseId === caseId ? opened : null
}

const kept = new WeakMap<Transaction, Map<string, Promise<unknown>>>()

/**
 * Reads something once in a visit that only reads, however many ask for it. In any other transaction it is read each time:
 * what was written meanwhile must be found.
 *
 * @param what a name for what is read and of what, the same only for the same answer
 */
export function onceInVisit<Found>(
  transaction: Transaction,
  what: string,
  read: () => Promise<Found>,
): Promise<Found> {
  if (!transaction.atEntry) return read()
  const all = kept.get(transaction) ?? new Map<string, Promise<unknown>>()
  kept.set(transaction, all)
  const found = (all.get(what) as Promise<Found> | undefined) ?? read()
  all.set(what, found)
  return found
}
