import { recordAct } from '../../audit/operations/record-act.ts'
import type { CaseId, ItemId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { askForJob } from '../../platform/jobs.ts'
import { findItemWithCopy } from '../safe-copy-store.ts'

/** Asks for the job that makes a picture again so that it can be looked at; asked twice before it ran, it is one job. */
export async function askForSafeCopy(
  transaction: Transaction,
  caseId: CaseId,
  itemId: ItemId,
): Promise<void> {
  await askForJob(transaction, 'make-safe-copy', { caseId, itemId }, { key: `make-safe-copy ${itemId}` })
}

/**
 * The same because a person asked for it, such as of a picture that came before pictures were shown, or after a try that
 * failed. Where there is a picture already nothing is asked for. False when the case has no such picture. The case must be
 * open for changing its evidence.
 */
export async function askForPicture(
  transaction: Transaction,
  caseId: CaseId,
  itemId: ItemId,
): Promise<boolean> {
  const found = await findItemWithCopy(transaction, caseId, itemId)
  if (found?.item.kind !== 'image') return false
  if (found.copy?.kind === 'made') return true
  await askForSafeCopy(transaction, caseId, itemId)
  await recordAct(transaction, { verb: 'safe-copy-asked-for', caseId, part: 'evidence', subject: itemId })
  return true
}
