import { sql } from 'kysely'
import type { CaseId, ItemId } from '../foundation/ids.ts'
import type { CaseSeal } from '../platform/case-seal.ts'
import type { Transaction } from '../platform/database.ts'
import type { RecordRef } from './record.ts'
import { type BareRecord, type RecordRow, readRecord } from './record-row.ts'
import { recordColumns } from './store.ts'

const here = (transaction: Transaction, caseId: CaseId) =>
  sql`r.clinic_id = ${transaction.actor.clinicId} and r.case_id = ${caseId}`

/**
 * What of these records is told more than once within these bounds (or without a known time): the records that tell
 * one of them again, whole and in the order of the timeline, and those of them that another record tells first.
 */
export async function loadToldAgain(
  transaction: Transaction,
  caseId: CaseId,
  seal: CaseSeal,
  refs: readonly RecordRef[],
  within: { readonly fromTime: string; readonly untilTime: string },
): Promise<{ readonly copies: readonly BareRecord[]; readonly toldBefore: ReadonlySet<string> }> {
  const items = refs.map(ref => ref.itemId)
  const ordinals = refs.map(ref => ref.ordinal)
  // Looked up one by one behind a fence: a server that has not counted the rows yet would look through the case instead.
  const asked = sql`unnest(${items}::uuid[], ${ordinals}::integer[]) as s (item_id, ordinal)`
  const isWithin = sql`(r.timeline_time between ${within.fromTime}::timestamp and ${within.untilTime}::timestamp or r.timeline_time = 'infinity')`
  const copies = await sql<RecordRow>`
    select ${recordColumns} from ${asked}
    cross join lateral (select r.* from unwatched.record r where ${here(transaction, caseId)}
      and r.same_as_item = s.item_id and r.same_as_ordinal = s.ordinal offset 0) r
    where ${isWithin} order by r.timeline_time, r.item_id, r.ordinal`.execute(transaction.tables())
  const before = await sql<{ item_id: ItemId; ordinal: number }>`
    select s.item_id, s.ordinal from ${asked}
    cross join lateral (select r.same_as_item, r.same_as_ordinal from unwatched.record r where ${here(transaction, caseId)}
      and r.item_id = s.item_id and r.ordinal = s.ordinal offset 0) d
    cross join lateral (select r.timeline_time from unwatched.record r where ${here(transaction, caseId)}
      and r.item_id = d.same_as_item and r.ordinal = d.same_as_ordinal offset 0) r
    where ${isWithin}`.execute(transaction.tables())
  return {
    copies: copies.rows.map(row => readRecord(row, seal.openNow, true)),
    toldBefore: new Set(before.rows.map(row => `${row.item_id}.${row.ordinal}`)),
  }
}
