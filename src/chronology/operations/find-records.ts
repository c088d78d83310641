import { nameOfRef, type StoredRecords, withRecords } from '../../evidence/operations/open-records.ts'
import { isWithin, type StoredQuery } from '../../evidence/records/stored-query.ts'
import type { StoredRecord } from '../../evidence/records/stored-record.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { type BareRecord, readRecord } from '../bare-record.ts'
import type { RecordRef } from '../record.ts'
import { chooseGroups, countHours, noCounts, type RecordCounts, toCounts } from '../record-counts.ts'

/** Stored records as the rules speak of them, each with what it tells again. */
export async function readFound(
  records: StoredRecords,
  found: readonly StoredRecord[],
  whole: boolean,
): Promise<readonly (BareRecord & { readonly raw: string | null })[]> {
  const originals = await records.findOriginals(found)
  return found.map(each => readRecord(each, originals.get(nameOfRef(each)) ?? null, whole))
}

/** Records by reference, whole, in the order of the timeline. Those that are not in the case are left out. */
export async function findRecordsByRef(
  transaction: Transaction,
  caseId: CaseId,
  refs: readonly RecordRef[],
): Promise<readonly (BareRecord & { readonly raw: string | null })[]> {
  if (refs.length === 0) return []
  return withRecords(transaction, caseId, async records =>
    readFound(records, await records.findByRef(refs), true),
  )
}

/** Who sent these records, as exported, by item and number; nobody for those that are in no reading now. */
export async function findSenders(
  transaction: Transaction,
  caseId: CaseId,
  refs: readonly RecordRef[],
): Promise<(refs: readonly RecordRef[]) => readonly string[]> {
  const found =
    refs.length === 0 ? [] : await withRecords(transaction, caseId, records => records.findByRef(refs))
  const senders = new Map(found.map(each => [nameOfRef(each), each.sender]))
  return some => [...new Set(some.map(ref => senders.get(nameOfRef(ref)) ?? ''))]
}

/** Counts for the pictures, what is told twice left out. */
export async function loadRecordCounts(
  records: StoredRecords,
  query: StoredQuery | null,
): Promise<RecordCounts> {
  if (!query) return noCounts
  const { kinds, senders, items, times } = query
  const isDays = times !== 'any' && times.known && (times.from !== null || times.until !== null)
  if (!kinds && !senders && !items && !isDays) return toCounts([(await records.loadOverview()).all], times)
  const groups = await records.loadGroups()
  if (!isDays) return toCounts(chooseGroups(groups, query), times)
  const monthOf = (time: number | null): string | null =>
    time === null ? null : new Date(time).toISOString().slice(0, 7)
  return countHours(await records.loadHours(monthOf(times.from), monthOf(times.until)), groups, query)
}

/**
 * What of these records is told more than once within these times: the records that tell one of them again, whole and
 * in the order of the timeline, and those of them that another record tells first.
 */
export async function findToldAgain(
  records: StoredRecords,
  refs: readonly RecordRef[],
  within: StoredQuery['times'],
): Promise<{ readonly copies: readonly BareRecord[]; readonly toldBefore: ReadonlySet<string> }> {
  if (records.root.duplicates === 0) return { copies: [], toldBefore: new Set() }
  const isIn = ({ local }: StoredRecord): boolean => local === null || isWithin(within, local)
  const copies = (await records.findByRef(await records.findCopies(refs))).filter(isIn)
  const originals = await records.findOriginals(refs)
  const first = new Set((await records.findByRef([...originals.values()])).filter(isIn).map(nameOfRef))
  const toldBefore = [...originals].flatMap(([ref, original]) =>
    first.has(nameOfRef(original)) ? [ref] : [],
  )
  return { copies: await readFound(records, copies, true), toldBefore: new Set(toldBefore) }
}
