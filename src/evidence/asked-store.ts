import { sql } from 'kysely'
import type { Json } from '../foundation/canonical-json.ts'
import type { CaseId, ItemId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import { fileTexts } from '../platform/file-texts.ts'
import type { Row } from '../platform/schema.ts'
import { parseAsked, type ReadAsked, wholeAsked } from './read-part.ts'
import { storableJson } from './storable-text.ts'

/** What is asked of a reading; `askedCount` moves on whenever something else is asked for. */
export type AskedReading = { readonly asked: ReadAsked; readonly askedCount: number }

/** What a person asked to be read of an item; null when nobody asked for it to be read at all. */
export async function loadAsked(
  transaction: Transaction,
  caseId: CaseId,
  itemId: ItemId,
  lock: 'look' | 'lock' = 'look',
): Promise<AskedReading | null> {
  const found = await sql<
    Pick<Row<'reading'>, 'asked' | 'asked_count'>
  >`select r.asked, r.asked_count from unwatched.reading r
    where r.clinic_id = ${transaction.actor.clinicId} and r.case_id = ${caseId} and r.item_id = ${itemId}
    ${lock === 'lock' ? sql`for update` : sql``}`.execute(transaction.tables())
  const [row] = found.rows
  if (!row) return null
  return {
    asked: parseAsked(fileTexts(transaction, caseId).openJson('asked', row.asked)),
    askedCount: row.asked_count,
  }
}

/** How far the asking has come; null when the item is gone from sight. Asked again and again while a file is read. */
export async function loadAskedCount(
  transaction: Transaction,
  caseId: CaseId,
  itemId: ItemId,
): Promise<number | null> {
  const found = await sql<Pick<Row<'reading'>, 'asked_count'>>`select r.asked_count from unwatched.reading r
    where r.clinic_id = ${transaction.actor.clinicId} and r.case_id = ${caseId} and r.item_id = ${itemId}`.execute(
    transaction.tables(),
  )
  return found.rows[0]?.asked_count ?? null
}

/** Counts one more asking: a reading at work keeps nothing, and the next reads with what is asked for now. */
export async function countAsked(transaction: Transaction, caseId: CaseId, itemId: ItemId): Promise<void> {
  await sql`update unwatched.reading set asked_count = asked_count + 1
    where clinic_id = ${transaction.actor.clinicId} and case_id = ${caseId} and item_id = ${itemId}`.execute(
    transaction.tables(),
  )
}

/** Keeps what is to be read of an item from now on. */
export async function saveAsked(
  transaction: Transaction,
  caseId: CaseId,
  itemId: ItemId,
  asked: ReadAsked,
): Promise<void> {
  const json = storableJson(asked as unknown as Json)
  const sealed =
    asked.kind === wholeAsked.kind
      ? '{}'
      : fileTexts(transaction, caseId).sealJson('asked', JSON.stringify(json))
  await sql`update unwatched.reading set asked = ${sealed}::jsonb
    where clinic_id = ${transaction.actor.clinicId} and case_id = ${caseId} and item_id = ${itemId}`.execute(
    transaction.tables(),
  )
}
