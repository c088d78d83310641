import { recordAct } from '../../audit/operations/record-act.ts'
import { canonicalJson } from '../../foundation/canonical-json.ts'
import type { CaseId, ItemId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { askForJob } from '../../platform/jobs.ts'
import { countAsked } from '../asked-store.ts'
import type { Answers } from '../importers/importer.ts'
import { findItem, loadReading, saveReading } from '../store.ts'
import { appendCustody } from './append-custody.ts'

/**
 * Keeps what a person answered about an item (the order of day and month, the zone of the phone) as part of its
 * custody, and has the item read again with it. False when the case has no such item. The case must be open for
 * changing its evidence. The same answer again changes nothing.
 */
export async function answerQuestion(
  clinic: Pick<Clinic, 'clinicId' | 'key'>,
  transaction: Transaction,
  caseId: CaseId,
  itemId: ItemId,
  answers: Answers,
): Promise<boolean> {
  const item = await findItem(transaction, caseId, { itemId })
  const reading = await loadReading(transaction, caseId, itemId, 'lock')
  if (!item || !reading) return false
  const together = { ...reading.answers, ...answers }
  if (canonicalJson(together) === canonicalJson({ ...reading.answers })) return true
  await saveReading(transaction, caseId, itemId, { state: 'waiting', answers: together })
  await appendCustody(clinic, transaction, caseId, [
    { act: 'question-answered', item, detail: { exhibit: item.exhibitRef, answers: { ...answers } } },
  ])
  await recordAct(transaction, { verb: 'question-answered', caseId, part: 'evidence', subject: itemId })
  await askForReading(transaction, caseId, itemId)
  return true
}

/** Has an item read again, for instance after an attempt that failed. False when the case has no such item. */
export async function readAgain(transaction: Transaction, caseId: CaseId, itemId: ItemId): Promise<boolean> {
  if (!(await loadReading(transaction, caseId, itemId, 'lock'))) return false
  await saveReading(transaction, caseId, itemId, { state: 'waiting' })
  await askForReading(transaction, caseId, itemId)
  return true
}

/**
 * Asks for the job that reads an item; asked twice before it ran, it is one job. One at work on the item keeps nothing:
 * it began before this was asked.
 */
export async function askForReading(transaction: Transaction, caseId: CaseId, itemId: ItemId): Promise<void> {
  await countAsked(transaction, caseId, itemId)
  await askForJob(transaction, 'read-item', { caseId, itemId }, { key: `read-item ${itemId}` })
}
