import { caseSealOf } from '../../cases/operations/open-case-seal.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { citeRecord } from '../cite-record.ts'
import type { RecordRef, TimelineRecord } from '../record.ts'
import { type IncidentNumber, loadAroundRecord } from '../store.ts'
import { findRecordsByRef } from './find-records.ts'
import { loadCitedRecords } from './load-incident.ts'

export type RecordFile = {
  readonly record: TimelineRecord & { readonly raw: string | null }
  /** The record that tells the same message first, when this one is marked. */
  readonly original: TimelineRecord | null
  readonly incidents: readonly IncidentNumber[]
}

/** One record, whole, as it stands in its source; null when the case has no such record. */
export async function loadRecord(
  transaction: Transaction,
  caseId: CaseId,
  ref: RecordRef,
): Promise<RecordFile | null> {
  const [record] = await findRecordsByRef(transaction, caseId, [ref])
  if (!record) return null
  const around = await loadAroundRecord(transaction, caseId, await caseSealOf(transaction, caseId), ref)
  const [original] = record.sameAs ? await loadCitedRecords(transaction, caseId, [record.sameAs]) : []
  return {
    record: { ...citeRecord(record, around ? [around.source] : []), raw: record.raw },
    original: original ?? null,
    incidents: around?.incidents ?? [],
  }
}
