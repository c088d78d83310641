import { caseSealOf } from '../../cases/operations/open-case-seal.ts'
import type { CaseId, IncidentId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { citeRecord } from '../cite-record.ts'
import type { IncidentRevision } from '../incident.ts'
import { isSameRecord, type RecordRef, type TimelineRecord } from '../record.ts'
import { loadCaseZone, loadRevisions, loadTimelineItems } from '../store.ts'
import { findRecordsByRef } from './find-records.ts'

export type IncidentFile = {
  readonly incidentId: IncidentId
  readonly number: number
  readonly newest: IncidentRevision
  /** Every revision, the newest first. */
  readonly revisions: readonly IncidentRevision[]
  /** The records that the newest revision rests on. */
  readonly records: readonly TimelineRecord[]
  /** Those it rests on that are in no reading now, as of a file set aside: a revision goes on resting on them. */
  readonly unread: readonly RecordRef[]
}

/** One incident with all its revisions, or null when the case has no such incident. */
export async function loadIncident(
  transaction: Transaction,
  caseId: CaseId,
  incidentId: IncidentId,
): Promise<IncidentFile | null> {
  const stored = await loadRevisions(transaction, caseId, await caseSealOf(transaction, caseId), incidentId)
  const newest = stored.at(-1)
  if (!newest) return null
  const records = await loadCitedRecords(transaction, caseId, newest.revision.records)
  return {
    incidentId,
    number: newest.number,
    newest: newest.revision,
    revisions: stored.map(each => each.revision).reverse(),
    records,
    unread: newest.revision.records.filter(ref => !records.some(record => isSameRecord(record.ref, ref))),
  }
}

/** Records by reference, whole, with their exhibits. Those that the case does not hold are left out. */
export async function loadCitedRecords(
  transaction: Transaction,
  caseId: CaseId,
  refs: readonly RecordRef[],
): Promise<readonly (TimelineRecord & { readonly raw: string | null })[]> {
  if (refs.length === 0) return []
  const records = await findRecordsByRef(transaction, caseId, refs)
  const cited = [...new Set(records.map(({ ref }) => ref.itemId))]
  const items =
    cited.length > 0
      ? await loadTimelineItems(transaction, caseId, await caseSealOf(transaction, caseId), cited)
      : []
  return records.map(record => ({ ...citeRecord(record, items), raw: record.raw }))
}

/** The zone in which a case's incidents are told. */
export async function loadIncidentZone(transaction: Transaction, caseId: CaseId): Promise<string> {
  return loadCaseZone(transaction, caseId)
}
