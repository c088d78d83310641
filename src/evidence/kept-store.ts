import { sql } from 'kysely'
import type { Json } from '../foundation/canonical-json.ts'
import type { CaseId, ItemId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import { fileTexts } from '../platform/file-texts.ts'
import { parseAsked, type ReadAsked, wholeAsked } from './read-part.ts'
import { type Derived, type Kept, nothingDerived } from './reading-bounds.ts'
import { storableJson } from './storable-text.ts'

/** What is asked of a reading; `turn` moves on whenever something else is asked for. */
export type AskedReading = { readonly asked: ReadAsked; readonly turn: number }

/** What a person asked to be read of an item; null when nobody asked for it to be read at all. */
export async function loadAsked(
  transaction: Transaction,
  caseId: CaseId,
  itemId: ItemId,
  lock: 'look' | 'lock' = 'look',
): Promise<AskedReading | null> {
  const found = await sql<{ asked: unknown; turn: number }>`select r.asked, r.turn from unwatched.reading r
    where r.clinic_id = ${transaction.actor.clinicId} and r.case_id = ${caseId} and r.item_id = ${itemId}
    ${lock === 'lock' ? sql`for update` : sql``}`.execute(transaction.tables())
  const [row] = found.rows
  if (!row) return null
  return { asked: parseAsked(fileTexts(transaction, caseId).openJson('asked', row.asked)), turn: row.turn }
}

/** How far the asking has come; null when the item is gone from sight. Asked again and again while a file is read. */
export async function loadTurn(
  transaction: Transaction,
  caseId: CaseId,
  itemId: ItemId,
): Promise<number | null> {
  const found = await sql<{ turn: number }>`select r.turn from unwatched.reading r
    where r.clinic_id = ${transaction.actor.clinicId} and r.case_id = ${caseId} and r.item_id = ${itemId}`.execute(
    transaction.tables(),
  )
  return found.rows[0]?.turn ?? null
}

/** Moves the turn on: a reading at work keeps nothing, and the next reads with what is asked for now. */
export async function moveTurnOn(transaction: Transaction, caseId: CaseId, itemId: ItemId): Promise<void> {
  await sql`update unwatched.reading set turn = turn + 1
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

/**
 * What is kept of an item, its case and the clinic. With `lock` nobody else adds to either of the two until this
 * transaction ends: two readings at once cannot together go beyond a bound. Only for a job.
 */
export async function loadKept(
  transaction: Transaction,
  caseId: CaseId,
  itemId: ItemId,
  lock: 'look' | 'lock' = 'look',
): Promise<Kept> {
  const { clinicId } = transaction.actor
  const tables = transaction.tables()
  const hold = lock === 'lock' ? sql`for update` : sql``
  if (lock === 'lock') {
    await sql`insert into unwatched.derived_of_case values (${clinicId}, ${caseId}, 0, 0) on conflict do nothing`.execute(
      tables,
    )
    await sql`insert into unwatched.derived_of_clinic values (${clinicId}, 0, 0) on conflict do nothing`.execute(
      tables,
    )
  }
  // One after the other, and the case first: everybody takes them in this order.
  const ofCase = await sql<Derived>`select d.records, d.bytes from unwatched.derived_of_case d
    where d.clinic_id = ${clinicId} and d.case_id = ${caseId} ${hold}`.execute(tables)
  const ofClinic = await sql<Derived>`select d.records, d.bytes from unwatched.derived_of_clinic d
    where d.clinic_id = ${clinicId} ${hold}`.execute(tables)
  const own =
    await sql<Derived>`select r.kept_records as records, r.kept_bytes as bytes from unwatched.reading r
    where r.clinic_id = ${clinicId} and r.case_id = ${caseId} and r.item_id = ${itemId}`.execute(tables)
  return {
    own: own.rows[0] ?? nothingDerived,
    case: ofCase.rows[0] ?? nothingDerived,
    clinic: ofClinic.rows[0] ?? nothingDerived,
  }
}

/** Sizes are kept in steps of so many bytes: the exact length of a text would tell whose copy of it is whose. */
const sizeStep = 4096

/** Sets what a reading keeps, and with it what the case and the clinic hold. The counts must be locked. */
export async function saveKept(
  transaction: Transaction,
  caseId: CaseId,
  itemId: ItemId,
  before: Derived,
  now: Derived,
): Promise<void> {
  const { clinicId } = transaction.actor
  const tables = transaction.tables()
  const records = now.records - before.records
  const size = Math.ceil(now.bytes / sizeStep) * sizeStep
  const bytes = size - before.bytes
  await sql`update unwatched.derived_of_case set records = records + ${records}, bytes = bytes + ${bytes}
    where clinic_id = ${clinicId} and case_id = ${caseId}`.execute(tables)
  await sql`update unwatched.derived_of_clinic set records = records + ${records}, bytes = bytes + ${bytes}
    where clinic_id = ${clinicId}`.execute(tables)
  await sql`update unwatched.reading set kept_records = ${now.records}, kept_bytes = ${size}
    where clinic_id = ${clinicId} and case_id = ${caseId} and item_id = ${itemId}`.execute(tables)
}
