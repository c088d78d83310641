import { sql } from 'kysely'
import type { CaseId, ItemId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import type { WorkingCopy } from './item.ts'

/** The working copy of an item; null when none was made. */
export async function findWorkingCopy(
  transaction: Transaction,
  caseId: CaseId,
  itemId: ItemId,
): Promise<WorkingCopy | null> {
  const found = await sql<WorkingCopy>`select blob_id as "blobId", sha256, size, media_type as "mediaType"
    from unwatched.working_copy
    where clinic_id = ${transaction.actor.clinicId} and case_id = ${caseId} and item_id = ${itemId}`.execute(
    transaction.tables(),
  )
  return found.rows[0] ?? null
}

/** Keeps the working copy of an item; false when there is one already, which stays. */
export async function addWorkingCopy(
  transaction: Transaction,
  caseId: CaseId,
  itemId: ItemId,
  copy: WorkingCopy,
): Promise<boolean> {
  const added = await sql<{ itemId: ItemId }>`insert into unwatched.working_copy
      (clinic_id, case_id, item_id, blob_id, sha256, size, media_type, made_at)
    values (${transaction.actor.clinicId}, ${caseId}, ${itemId}, ${copy.blobId}, ${copy.sha256}, ${copy.size},
      ${copy.mediaType}, ${transaction.now})
    on conflict do nothing returning item_id as "itemId"`.execute(transaction.tables())
  return added.rows.length > 0
}
