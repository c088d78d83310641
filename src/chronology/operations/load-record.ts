import type { CaseId, IncidentId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import type { RecordRef, TimelineRecord } from '../record.ts'
import { loadIncidentsOfRecord } from '../store.ts'
import { loadCitedRecords } from './load-incident.ts'

export type RecordFile = {
  readonly record: TimelineRecord & { readonly raw: string | null }
  /** The record that tells the same message first, when this one is marked. */
  readonly original: TimelineRecord | null
  readonly incidents: readonly { readonly incidentId: IncidentId; readonly number: number }[]
}

/** One record, whole, as it stands in its source; null when the case has no such record. */
export async function loadRecord(
  transaction: Transaction,
  caseId: CaseId,
  ref: RecordRef,
): Promise<RecordFile | null> {
  const [record] = await loadCitedRecords(transaction, caseId, [ref])
  if (!record) return null
  const [original] = record.sameAs ? await loadCitedRecords(transaction, caseId, [record.sameAs]) : []
  return {
    record,
    original: original ?? null,
    incidents: await loadIncidentsOfRecord(transaction, caseId, ref),
  }
}
