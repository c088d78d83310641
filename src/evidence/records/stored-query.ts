import type { ItemId } from '../../foundation/ids.ts'
import type { Search } from './record-terms.ts'
import { compareKeys, type TimelineKey } from './stored-record.ts'

/** Which records of a case are wanted. */
export type StoredQuery = {
  /** Null for any. */
  readonly kinds: readonly string[] | null
  readonly senders: readonly string[] | null
  readonly items: readonly ItemId[] | null
  readonly fact: string | null
  readonly search: Search | null
  readonly times: StoredTimes
}

/** Those with a known time within these bounds, both included, in milliseconds since 1970; or those without one; or both. */
export type StoredTimes =
  | { readonly known: true; readonly from: number | null; readonly until: number | null }
  | { readonly known: false }
  | 'any'

/** Whether a time is within. */
export function isWithin(times: StoredTimes, local: number | null): boolean {
  if (times === 'any') return true
  if (!times.known || local === null) return !times.known && local === null
  return (times.from === null || local >= times.from) && (times.until === null || local <= times.until)
}

/** Whether any record from the first to the last of these can be within. */
export function mayBeWithin(times: StoredTimes, first: TimelineKey, last: TimelineKey): boolean {
  if (times === 'any') return true
  if (!times.known) return last.local === null
  if (first.local === null) return false
  return (
    (times.until === null || first.local <= times.until) &&
    (times.from === null || last.local === null || last.local >= times.from)
  )
}

/** Oldest first, or newest first. */
export type StoredOrder = 'oldest' | 'newest'

/** Compares as the order goes. */
export const compareIn = (order: StoredOrder) =>
  order === 'oldest' ? compareKeys : (one: TimelineKey, other: TimelineKey) => compareKeys(other, one)
