import { sql } from 'kysely'
import type { CaseId, DiaryEntryId } from '../foundation/ids.ts'
import {
  makePageOfList,
  type PagedRow,
  type PageOfList,
  type PlaceInList,
} from '../foundation/page-of-list.ts'
import type { Transaction } from '../platform/database.ts'
import { pageRows } from '../platform/page-rows.ts'
import type { Tables } from '../platform/schema.ts'

type DiaryTables = Pick<Tables, 'diary_entry'>

/** An entry as it is kept: its words sealed. */
export type SealedEntry = {
  readonly entryId: DiaryEntryId
  readonly writtenAt: Date
  readonly corrects: DiaryEntryId | null
  readonly body: Buffer
}

export async function insertDiaryEntry(
  transaction: Transaction,
  caseId: CaseId,
  entry: Omit<SealedEntry, 'writtenAt'>,
): Promise<void> {
  await transaction
    .tables<DiaryTables>()
    .insertInto('diary_entry')
    .values({
      clinic_id: transaction.actor.clinicId,
      case_id: caseId,
      entry_id: entry.entryId,
      written_at: transaction.now,
      corrects: entry.corrects,
      body: entry.body,
    })
    .execute()
}

/** How many entries of a diary were written since an instant, counted up to a bound. */
export async function countEntriesSince(
  transaction: Transaction,
  caseId: CaseId,
  since: Date,
  atMost: number,
): Promise<number> {
  const found = await sql<{ written: number }>`
    select count(*)::int as written from (
      select from unwatched.diary_entry e
      where e.clinic_id = ${transaction.actor.clinicId} and e.case_id = ${caseId} and e.written_at > ${since}
      limit ${atMost}) f`.execute(transaction.tables())
  return found.rows[0]?.written ?? 0
}

/**
 * The entries of a page of a case's diary: notes in the order in which they were first written, the newest first, each
 * with every correction of it; and the page, with the id of each note as it was first written as a line.
 */
export async function loadDiaryPage(
  transaction: Transaction,
  caseId: CaseId,
  place: PlaceInList,
): Promise<{ readonly page: PageOfList<DiaryEntryId>; readonly entries: readonly SealedEntry[] }> {
  const { clinicId } = transaction.actor
  const notes = sql`select d.entry_id from unwatched.diary_entry d
    where d.clinic_id = ${clinicId} and d.case_id = ${caseId} and d.corrects is null
      ${
        place.after === null
          ? sql``
          : sql`and (d.written_at, d.entry_id) < (select l.written_at, l.entry_id from unwatched.diary_entry l
              where l.clinic_id = ${clinicId} and l.case_id = ${caseId} and l.entry_id = ${place.after})`
      }
    order by d.written_at desc, d.entry_id desc`
  const found = await sql<PagedRow & { note: DiaryEntryId } & SealedRow>`
    with recursive shown as materialized (select * from ${pageRows(notes, place)} r),
    thread (note, entry_id) as (
      select s.id, s.id from shown s
      union all
      select t.note, d.entry_id from thread t join unwatched.diary_entry d
        on d.clinic_id = ${clinicId} and d.case_id = ${caseId} and d.corrects = t.entry_id)
    select s.place, s.counted, t.note, d.entry_id, d.written_at, d.corrects, d.body
    from thread t join shown s on s.id = t.note
    join unwatched.diary_entry d on d.clinic_id = ${clinicId} and d.case_id = ${caseId} and d.entry_id = t.entry_id
    order by s.place`.execute(transaction.tables())
  const first = found.rows.filter(row => row.entry_id === row.note)
  return {
    page: makePageOfList(
      first,
      place,
      row => row.note,
      row => row.note,
    ),
    entries: found.rows.map(toEntry),
  }
}

type SealedRow = {
  entry_id: DiaryEntryId
  written_at: Date
  corrects: DiaryEntryId | null
  body: Buffer
}

const toEntry = (row: SealedRow): SealedEntry => ({
  entryId: row.entry_id,
  writtenAt: row.written_at,
  corrects: row.corrects,
  body: row.body,
})

/** One entry of a case; null where it has none such. */
export async function loadSealedEntry(
  transaction: Transaction,
  caseId: CaseId,
  entryId: DiaryEntryId,
): Promise<SealedEntry | null> {
  const row = await transaction
    .tables<DiaryTables>()
    .selectFrom('diary_entry')
    .select(['entry_id', 'written_at', 'corrects', 'body'])
    .where(eb => eb.and({ clinic_id: transaction.actor.clinicId, case_id: caseId, entry_id: entryId }))
    .executeTakeFirst()
  return row ? toEntry(row) : null
}

/** What was written in the visits of a second phrase, the newest first; the case must be open for its contact. */
export async function loadCompanionEntries(
  transaction: Transaction,
  caseId: CaseId,
  atMost: number,
): Promise<readonly (SealedEntry & { readonly companionId: CaseId })[]> {
  const found = await sql<{
    companion_id: CaseId
    entry_id: DiaryEntryId
    written_at: Date
    corrects: DiaryEntryId | null
    body: Buffer
  }>`select companion_id, entry_id, written_at, corrects, body
     from unwatched.companion_notes(${caseId}, ${atMost})`.execute(transaction.tables())
  return found.rows.map(row => ({
    companionId: row.companion_id,
    entryId: row.entry_id,
    writtenAt: row.written_at,
    corrects: row.corrects,
    body: row.body,
  }))
}

/** The zone whose clock the client of this transaction reads; null for anybody else. */
export async function loadZoneForClient(transaction: Transaction): Promise<string | null> {
  const found = await sql<{ zone: string | null }>`select unwatched.zone_for_client() as zone`.execute(
    transaction.tables(),
  )
  return found.rows[0]?.zone ?? null
}
