import { sql } from 'kysely'
import { caseSealOf } from '../cases/operations/open-case-seal.ts'
import type { CaseId, ItemId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import type { Row } from '../platform/schema.ts'
import { openValue, sealValue } from '../platform/seal-value.ts'
import type { WorkingCopy } from './item.ts'
import { workingCopyContent, workingCopyPart } from './sealed-item.ts'

/** The working copy of an item; null when none was made. */
export async function findWorkingCopy(
  transaction: Transaction,
  caseId: CaseId,
  itemId: ItemId,
): Promise<WorkingCopy | null> {
  const found = await sql<
    Pick<Row<'working_copy'>, 'sealed'> & { blobId: string }
  >`select blob_id as "blobId", sealed
    from unwatched.working_copy
    where clinic_id = ${transaction.actor.clinicId} and case_id = ${caseId} and item_id = ${itemId}`.execute(
    transaction.tables(),
  )
  const [row] = found.rows
  if (!row) return null
  const seal = await caseSealOf(transaction, caseId)
  const content = openValue(seal, workingCopyPart(itemId).field, row.sealed)
  return { blobId: row.blobId, ...workingCopyContent.parse(content) }
}

/** Keeps the working copy of an item; false when there is one already, which stays. */
export async function addWorkingCopy(
  transaction: Transaction,
  caseId: CaseId,
  itemId: ItemId,
  copy: WorkingCopy,
): Promise<boolean> {
  const { blobId, ...content } = copy
  const { field, least } = workingCopyPart(itemId)
  const sealed = sealValue(await caseSealOf(transaction, caseId), field, content, least)
  const added = await sql<{ itemId: ItemId }>`insert into unwatched.working_copy
      (clinic_id, case_id, item_id, blob_id, sealed, made_at)
    values (${transaction.actor.clinicId}, ${caseId}, ${itemId}, ${blobId}, ${sealed}, ${transaction.now})
    on conflict do nothing returning item_id as "itemId"`.execute(transaction.tables())
  return added.rows.length > 0
}
