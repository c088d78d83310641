import { recordAct } from '../../audit/operations/record-act.ts'
import { type ClearingId, makeId, type PersonId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import type { PileChoice } from '../pile.ts'
import { addClearing, loadChosen, takeFromPile, undoClearingRow } from '../pile-store.ts'
import { undoSince } from './list-pile.ts'

/** How many are meant by a choice, and how many of them ticked a sign of danger. */
export async function weighChoice(
  transaction: Transaction,
  choice: PileChoice,
): Promise<{ readonly forms: number; readonly danger: number }> {
  const chosen = await loadChosen(transaction, choice)
  return { forms: chosen.length, danger: chosen.filter(each => each.danger).length }
}

/** Puts forms of the pile into triage, as if they had gone there at once. Returns how many. */
export async function moveToTriage(transaction: Transaction, choice: PileChoice): Promise<number> {
  const chosen = await loadChosen(transaction, choice)
  if (chosen.length === 0) return 0
  await takeFromPile(
    transaction,
    chosen.map(each => each.caseId),
    'waiting',
    null,
  )
  await recordAct(transaction, { verb: 'pile-moved', detail: { forms: chosen.length } })
  return chosen.length
}

/** Clears forms out of the pile unread, with a reason. They can be brought back for some days. Returns how many. */
export async function clearPile(
  transaction: Transaction,
  by: PersonId,
  choice: PileChoice,
  reason: string,
): Promise<number> {
  const chosen = await loadChosen(transaction, choice)
  if (chosen.length === 0) return 0
  const clearingId = makeId<ClearingId>(transaction.now)
  await addClearing(transaction, { clearingId, by, reason, forms: chosen.length })
  await takeFromPile(
    transaction,
    chosen.map(each => each.caseId),
    'cleared',
    clearingId,
  )
  await recordAct(transaction, { verb: 'pile-cleared', detail: { forms: chosen.length } })
  return chosen.length
}

/** Brings back what was cleared together; false when it is too late or was done before. */
export async function undoClearing(
  transaction: Transaction,
  by: PersonId,
  clearingId: ClearingId,
): Promise<boolean> {
  const isBack = await undoClearingRow(transaction, clearingId, by, undoSince(transaction.now))
  if (isBack) await recordAct(transaction, { verb: 'pile-brought-back' })
  return isBack
}
