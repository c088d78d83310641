import { sql } from 'kysely'
import { caseSealOf } from '../cases/operations/open-case-seal.ts'
import type { CaseId, ItemId } from '../foundation/ids.ts'
import type { CaseSeal } from '../platform/case-seal.ts'
import type { Transaction } from '../platform/database.ts'
import type { Row } from '../platform/schema.ts'
import { openValue, sealValue } from '../platform/seal-value.ts'
import type { ReadingProgress } from './reading-progress.ts'
import { progressContent, progressPart } from './sealed-item.ts'

/** Notes how far the reading of an item has come, in a transaction of its own that opens no case. */
export async function saveProgress(
  transaction: Transaction,
  caseId: CaseId,
  itemId: ItemId,
  progress: ReadingProgress,
  seal: CaseSeal,
): Promise<void> {
  const { field, least } = progressPart(itemId)
  await sql`select unwatched.note_progress(${caseId}, ${itemId}, ${sealValue(seal, field, progress, least)})`.execute(
    transaction.tables(),
  )
}

/** How far the reading of an item has come; null where none is at work, or it has only begun. */
export async function loadProgress(
  transaction: Transaction,
  caseId: CaseId,
  itemId: ItemId,
): Promise<ReadingProgress | null> {
  const found = await sql<Pick<Row<'reading'>, 'progress'>>`select r.progress from unwatched.reading r
    where r.clinic_id = ${transaction.actor.clinicId} and r.case_id = ${caseId} and r.item_id = ${itemId}
      and r.state = 'reading'`.execute(transaction.tables())
  const sealed = found.rows[0]?.progress
  if (!sealed) return null
  const seal = await caseSealOf(transaction, caseId)
  return progressContent.parse(openValue(seal, progressPart(itemId).field, sealed))
}
