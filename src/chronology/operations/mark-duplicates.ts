import { accessCase } from '../../audit/operations/access-case.ts'
import { countKept } from '../../evidence/operations/count-kept.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { lockForTransaction } from '../../platform/lock-for-transaction.ts'
import { findDuplicates } from '../duplicates.ts'
import {
  clearDuplicates,
  loadComparedRecords,
  loadFingerprints,
  saveDuplicateMarks,
  saveTimelineCounts,
} from '../timeline-count-store.ts'

/** Whether a reading began or ended since the line was last counted: then nothing on it may be counted yet. */
export async function isTimelineOutOfDate(transaction: Transaction, caseId: CaseId): Promise<boolean> {
  const { now, counted } = await loadFingerprints(transaction, caseId)
  return now !== (counted ?? 'none')
}

/** About so many records are compared at once, and no more are held. */
const comparedAtOnce = 50_000

/**
 * Marks the records that tell again what another already told, and counts the rest for the pictures. Does nothing
 * when no reading changed. Needs the case open for writing in its chronology.
 */
export async function markDuplicates(transaction: Transaction, caseId: CaseId): Promise<void> {
  await lockForTransaction(transaction, 'reckon', caseId)
  const { now, counted } = await loadFingerprints(transaction, caseId)
  if (now === (counted ?? 'none')) return
  await clearDuplicates(transaction, caseId)
  const of = Math.max(1, Math.ceil((await countKept(transaction, caseId)) / comparedAtOnce))
  for (let number = 0; number < of; number += 1) {
    const some = await loadComparedRecords(transaction, caseId, { number, of })
    await saveDuplicateMarks(transaction, caseId, findDuplicates(some))
  }
  await saveTimelineCounts(transaction, caseId, now)
}

/**
 * The same, as the program's own work in a transaction of its own: the person who opens a timeline sees it marked, also those
 * who may only read it.
 */
export async function bringTimelineUpToDate(clinic: Clinic, caseId: CaseId): Promise<void> {
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'job-mark-duplicates' } as const
  await clinic.database.transaction(actor, async transaction => {
    if (await accessCase(transaction, { caseId, part: 'chronology', mode: 'write' })) {
      await markDuplicates(transaction, caseId)
    }
  })
}
