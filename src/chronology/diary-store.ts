import { sql } from 'kysely'
import type { CaseId, DiaryEntryId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
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

/** Every entry of a case, the newest first. */
export async function loadDiaryEntries(
  transaction: Transaction,
  caseId: CaseId,
): Promise<readonly SealedEntry[]> {
  const rows = await transaction
    .tables<DiaryTables>()
    .selectFrom('diary_entry')
    .select(['entry_id', 'written_at', 'corrects', 'body'])
    .where(eb => eb.and({ clinic_id: transaction.actor.clinicId, case_id: caseId }))
    .orderBy('written_at', 'desc')
    .orderBy('entry_id', 'desc')
    .execute()
  return rows.map(row => ({
    entryId: row.entry_id,
    writtenAt: row.written_at,
    corrects: row.corrects,
    body: row.body,
  }))
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
