import { recordAct } from '../../audit/operations/record-act.ts'
import type { CaseId, ItemId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { loadAsked, saveAsked } from '../asked-store.ts'
import { isSameAsked, type ReadAsked, sayAsked } from '../read-part.ts'
import { findItem, loadReading, saveReading } from '../store.ts'
import { askForReading } from './answer-question.ts'
import { appendCustody } from './append-custody.ts'

/**
 * Keeps what is to be read of an item: the whole, a part, or nothing. What was read before is replaced, never added to,
 * so parts that overlap double nothing. A reading that waits or runs is stopped. The same again, while it is waited for,
 * changes nothing. False when the case has no such item. The case must be open for changing its evidence.
 */
export async function askToRead(
  clinic: Pick<Clinic, 'clinicId' | 'key'>,
  transaction: Transaction,
  caseId: CaseId,
  itemId: ItemId,
  asked: ReadAsked,
): Promise<boolean> {
  const before = await loadAsked(transaction, caseId, itemId, 'lock')
  const item = await findItem(transaction, caseId, { itemId })
  const reading = await loadReading(transaction, caseId, itemId)
  if (!item || !before || !reading) return false
  const isWaitedFor = reading.state === 'waiting' || reading.state === 'reading'
  if (isWaitedFor && isSameAsked(before.asked, asked)) return true
  await saveAsked(transaction, caseId, itemId, asked)
  await saveReading(transaction, caseId, itemId, { state: 'waiting' })
  const detail = { exhibit: item.exhibitRef, part: sayAsked(asked) }
  await appendCustody(clinic, transaction, caseId, [
    asked.kind === 'nothing'
      ? { act: 'set-aside', item, detail: { exhibit: item.exhibitRef, reason: asked.reason } }
      : { act: 'reading-asked', item, detail },
  ])
  await recordAct(transaction, {
    verb: asked.kind === 'nothing' ? 'evidence-set-aside' : 'reading-asked',
    caseId,
    part: 'evidence',
    subject: itemId,
    detail: { asked: asked.kind },
  })
  await askForReading(transaction, caseId, itemId)
  return true
}

/** What is asked to be read of an item; the whole while nobody asked for less. */
export async function loadWhatIsAsked(
  transaction: Transaction,
  caseId: CaseId,
  itemId: ItemId,
): Promise<ReadAsked | null> {
  return (await loadAsked(transaction, caseId, itemId))?.asked ?? null
}
