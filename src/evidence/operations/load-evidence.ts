import type { ArrivalId, CaseId, ItemId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import type { CustodyLine } from '../custody-line.ts'
import { readCustodyLine } from '../custody-line.ts'
import { loadCustodyLines } from '../custody-store.ts'
import type { Arrival, CaseContext, Item, ListedItem, Reading } from '../item.ts'
import type { SafeCopy } from '../pictures/safe-copy.ts'
import type { ReadingProgress } from '../reading-progress.ts'
import { loadProgress } from '../reading-progress-store.ts'
import { countReadingStatuses, type ReadingCounts } from '../reading-status.ts'
import { findItemWithCopy } from '../safe-copy-store.ts'
import {
  findItem,
  hasMoreItems,
  loadArrivals,
  loadCaseContext,
  loadItems,
  loadReading,
  loadReadings,
} from '../store.ts'

/** What was brought to a case, in the order it came. The case must be open for its evidence. */
export async function loadEvidence(
  transaction: Transaction,
  caseId: CaseId,
): Promise<{ readonly context: CaseContext | null; readonly items: readonly ListedItem[] }> {
  const ground = await loadCaseContext(transaction, caseId)
  return { context: ground, items: await loadItems(transaction, caseId) }
}

/**
 * How many items there are, by how they stand, on a case that is open for its evidence. Null where there are more than
 * are to be gone through.
 */
export async function countReadings(
  transaction: Transaction,
  caseId: CaseId,
  atMost: number | null = null,
): Promise<ReadingCounts | null> {
  if (atMost !== null && (await hasMoreItems(transaction, caseId, atMost))) return null
  const readings = await loadReadings(transaction, caseId)
  return countReadingStatuses(readings.map(reading => ({ reading })))
}

/** Everything there is to know of one item. */
export type WholeItem = {
  readonly context: CaseContext | null
  readonly item: Item
  /** What came last of making a picture of it to look at; null where nobody has tried. */
  readonly copy: SafeCopy | null
  readonly arrivals: readonly Arrival[]
  readonly reading: Reading | null
  readonly custody: readonly CustodyLine[]
  /** How far a reading at work has come; null where none is. */
  readonly progress: ReadingProgress | null
}

/** One item with its arrivals, its reading and its lines of custody, or null when the case has no such item. */
export async function loadItem(
  transaction: Transaction,
  caseId: CaseId,
  itemId: ItemId,
): Promise<WholeItem | null> {
  const found = await findItemWithCopy(transaction, caseId, itemId)
  if (!found) return null
  const { item, copy } = found
  // In this order: a reading that ends in between is then shown as waiting, and never as done by nobody.
  const reading = await loadReading(transaction, caseId, itemId)
  const kept = await loadCustodyLines(transaction, caseId, itemId)
  return {
    context: await loadCaseContext(transaction, caseId),
    item,
    copy,
    arrivals: await loadArrivals(transaction, caseId, { itemId }),
    reading,
    custody: kept.flatMap(({ line }) => readCustodyLine(line) ?? []),
    progress: reading?.state === 'reading' ? await loadProgress(transaction, caseId, itemId) : null,
  }
}

/** One arrival with its item, for its receipt; null when the case has no such arrival. */
export async function loadArrival(
  transaction: Transaction,
  caseId: CaseId,
  arrivalId: ArrivalId,
): Promise<{
  readonly context: CaseContext | null
  readonly item: Item
  readonly arrival: Arrival
} | null> {
  const [arrival] = await loadArrivals(transaction, caseId, { arrivalId })
  const item = arrival && (await findItem(transaction, caseId, { itemId: arrival.itemId }))
  return arrival && item ? { context: await loadCaseContext(transaction, caseId), item, arrival } : null
}
