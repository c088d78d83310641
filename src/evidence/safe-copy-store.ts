import { sql } from 'kysely'
import { caseSealOf } from '../cases/operations/open-case-seal.ts'
import type { CaseId, ItemId } from '../foundation/ids.ts'
import type { CaseSeal } from '../platform/case-seal.ts'
import type { Transaction } from '../platform/database.ts'
import { openValue, sealValue } from '../platform/seal-value.ts'
import type { Item } from './item.ts'
import type { SafeCopy } from './pictures/safe-copy.ts'
import { safeCopyContent, safeCopyPart } from './sealed-item.ts'
import { type ItemRow, itemColumns, toItem } from './store.ts'

/** An item with what came last of making a picture of it; the copy is null where nobody has tried. */
export async function findItemWithCopy(
  transaction: Transaction,
  caseId: CaseId,
  itemId: ItemId,
): Promise<{ readonly item: Item; readonly copy: SafeCopy | null; readonly attempts: number } | null> {
  const seal = await caseSealOf(transaction, caseId)
  const { rows } = await sql<
    ItemRow & { attempt: number | null; copy_blob: string | null; copy_sealed: Buffer | null }
  >`
      select ${itemColumns}, s.attempt, s.blob_id as copy_blob, s.sealed as copy_sealed
      from unwatched.item i
      left join lateral (select c.* from unwatched.safe_copy c
        where c.clinic_id = i.clinic_id and c.case_id = i.case_id and c.item_id = i.item_id
        order by c.attempt desc limit 1) s on true
      where i.clinic_id = ${transaction.actor.clinicId} and i.case_id = ${caseId} and i.item_id = ${itemId}`.execute(
    transaction.tables(),
  )
  const [row] = rows
  if (!row) return null
  const { attempt, copy_blob: blobId, copy_sealed: sealed } = row
  const copy =
    attempt === null || sealed === null ? null : openSafeCopy(seal, itemId, attempt, blobId, sealed)
  return { item: toItem(row, seal), copy, attempts: attempt ?? 0 }
}

/** What came of one try to make a picture again, as it lies in its row. */
function openSafeCopy(
  seal: Pick<CaseSeal, 'openNow'>,
  itemId: ItemId,
  attempt: number,
  blobId: string | null,
  sealed: Buffer,
): SafeCopy {
  const content = safeCopyContent.parse(openValue(seal, safeCopyPart(itemId, attempt).field, sealed))
  if (content.kind === 'none') return content
  return { ...content, blobId: blobId ?? '', small: Buffer.from(content.small, 'base64') }
}

/** Keeps what came of one more try; false when another try has that number already. */
export async function addSafeCopy(
  transaction: Transaction,
  caseId: CaseId,
  itemId: ItemId,
  attempt: number,
  copy: SafeCopy,
): Promise<boolean> {
  const { field, least } = safeCopyPart(itemId, attempt)
  const seal = await caseSealOf(transaction, caseId)
  const sealed = sealValue(seal, field, contentOfCopy(copy), least)
  const blobId = copy.kind === 'made' ? copy.blobId : null
  const added = await sql`insert into unwatched.safe_copy
      (clinic_id, case_id, item_id, attempt, blob_id, tried_at, sealed)
    values (${transaction.actor.clinicId}, ${caseId}, ${itemId}, ${attempt}, ${blobId}, ${transaction.now}, ${sealed})
    on conflict do nothing returning attempt`.execute(transaction.tables())
  return added.rows.length > 0
}

function contentOfCopy(copy: SafeCopy): unknown {
  if (copy.kind === 'none') return copy
  const { blobId: _, small, ...content } = copy
  return { ...content, small: Buffer.from(small).toString('base64') }
}
