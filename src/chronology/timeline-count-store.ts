import { sql } from 'kysely'
import type { CaseId, ItemId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import type { ComparedRecord, Duplicate } from './duplicates.ts'

const here = (transaction: Transaction, caseId: CaseId) =>
  sql`r.clinic_id = ${transaction.actor.clinicId} and r.case_id = ${caseId}`

/** Which readings the line stands on now, and which it was counted from. */
export async function loadFingerprints(
  transaction: Transaction,
  caseId: CaseId,
): Promise<{ readonly now: string; readonly counted: string | null }> {
  const found = await sql<{ now: string; counted: string | null }>`
    select coalesce((select md5(string_agg(r.item_id || ' ' || r.state || ' ' || coalesce(r.ended_at::text, ''), ',' order by r.item_id))
                     from unwatched.reading r where ${here(transaction, caseId)} and r.state in ('done', 'asking')), 'none') as now,
           (select r.fingerprint from unwatched.timeline_count r where ${here(transaction, caseId)}) as counted`.execute(
    transaction.tables(),
  )
  return found.rows[0] ?? { now: 'none', counted: null }
}

/**
 * Records whose text stands in more than one item: all that can be duplicates. Items in the order they arrived.
 * Put side by side by a window and not by a join, which a server that has not counted the rows yet runs row by row.
 *
 * @param share which of `of` equal shares: all records of one text and sender are in the same, so each can be compared
 *   by itself and no more than one is held
 */
export async function loadComparedRecords(
  transaction: Transaction,
  caseId: CaseId,
  share: { readonly number: number; readonly of: number },
): Promise<readonly ComparedRecord[]> {
  const found = await sql<{
    item_id: ItemId
    ordinal: number
    sender_key: string | null
    text_key: string
    sent_at: Date | null
    sent_local: string | null
    precision: string
  }>`
    select c.item_id, c.ordinal, c.sender_key::text, c.text_key::text, c.sent_at, c.sent_local, c.precision
    from (select r.*, min(r.item_id::text) over told <> max(r.item_id::text) over told as is_told_twice
          from unwatched.record r
          where ${here(transaction, caseId)} and r.text_key is not null and r.sent_local is not null
            and abs(mod(r.text_key # coalesce(r.sender_key, 0), ${share.of}::bigint)) = ${share.number}::bigint
          window told as (partition by r.text_key)) c
    join unwatched.item i on i.clinic_id = c.clinic_id and i.case_id = c.case_id and i.item_id = c.item_id
    where c.is_told_twice
    order by i.received_at, c.item_id, c.ordinal`.execute(transaction.tables())
  return found.rows.map(row => ({
    ref: { itemId: row.item_id, ordinal: row.ordinal },
    // Compared by their tokens: nothing is opened to tell whether two are the same.
    sender: row.sender_key ?? '',
    text: row.text_key,
    sentAt: row.sent_at?.getTime() ?? null,
    sentLocal: row.sent_local,
    precision: row.precision,
  }))
}

/** Takes every mark away, before they are set again. */
export async function clearDuplicates(transaction: Transaction, caseId: CaseId): Promise<void> {
  await sql`update unwatched.record r set same_as_item = null, same_as_ordinal = null
            where ${here(transaction, caseId)} and r.same_as_item is not null`.execute(transaction.tables())
}

const markedAtOnce = 10_000

/** Marks these records as duplicates, beside those that are marked. */
export async function saveDuplicateMarks(
  transaction: Transaction,
  caseId: CaseId,
  duplicates: readonly Duplicate[],
): Promise<void> {
  for (let from = 0; from < duplicates.length; from += markedAtOnce) {
    const some = duplicates.slice(from, from + markedAtOnce)
    await sql`update unwatched.record r set same_as_item = d.same_item, same_as_ordinal = d.same_ordinal
      from unnest(${some.map(each => each.ref.itemId)}::uuid[], ${some.map(each => each.ref.ordinal)}::integer[],
                  ${some.map(each => each.sameAs.itemId)}::uuid[], ${some.map(each => each.sameAs.ordinal)}::integer[])
           as d (item_id, ordinal, same_item, same_ordinal)
      where ${here(transaction, caseId)} and r.item_id = d.item_id and r.ordinal = d.ordinal`.execute(
      transaction.tables(),
    )
  }
}

/** Counts what is not marked, and remembers from which readings. */
export async function saveTimelineCounts(
  transaction: Transaction,
  caseId: CaseId,
  fingerprint: string,
): Promise<void> {
  const tables = transaction.tables()
  const { clinicId } = transaction.actor
  await sql`delete from unwatched.record_tally r where ${here(transaction, caseId)}`.execute(tables)
  await sql`insert into unwatched.record_tally (clinic_id, case_id, item_id, kind, sender_key, hour, counted)
    select r.clinic_id, r.case_id, r.item_id, r.kind, r.sender_key, date_trunc('hour', r.sent_local), count(*)
    from unwatched.record r where ${here(transaction, caseId)} and r.same_as_item is null
    group by 1, 2, 3, 4, 5, 6`.execute(tables)
  await sql`delete from unwatched.record_summary r where ${here(transaction, caseId)}`.execute(tables)
  await sql`insert into unwatched.record_summary (clinic_id, case_id, item_id, kind, sender_key, span, at, counted)
    select r.clinic_id, r.case_id, r.item_id, r.kind, r.sender_key,
           case when grouping(date_trunc('week', r.hour)) = 0 then 'week' else 'hour-of-week' end,
           case when grouping(date_trunc('week', r.hour)) = 0 then date_trunc('week', r.hour) else min(r.hour) end,
           sum(r.counted)
    from unwatched.record_tally r where ${here(transaction, caseId)}
    group by r.clinic_id, r.case_id, r.item_id, r.kind, r.sender_key,
      grouping sets ((date_trunc('week', r.hour)), (extract(isodow from r.hour), extract(hour from r.hour)))`.execute(
    tables,
  )
  await sql`insert into unwatched.timeline_count values (${clinicId}, ${caseId}, ${fingerprint}, ${transaction.now})
    on conflict (clinic_id, case_id) do update set fingerprint = excluded.fingerprint, counted_at = excluded.counted_at`.execute(
    tables,
  )
}
