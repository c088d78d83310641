import { recordAct } from '../../audit/operations/record-act.ts'
import { openCaseSeal } from '../../cases/operations/open-case-seal.ts'
import type { Decision } from '../../foundation/decision.ts'
import { type CaseId, type DiaryEntryId, makeId, parseId } from '../../foundation/ids.ts'
import { wasSentBefore } from '../../identity/operations/is-first-sending.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { doOnce } from '../../platform/do-once.ts'
import { Fault } from '../../platform/fault.ts'
import { askForJob } from '../../platform/jobs.ts'
import { lockForTransaction } from '../../platform/lock-for-transaction.ts'
import { type DiaryAccount, writeDiaryAccount } from '../diary-entry.ts'
import { countEntriesSince, insertDiaryEntry, loadSealedEntry } from '../diary-store.ts'
import { decideNote, mostNotesInHour, noteHour } from '../note-limit.ts'

/**
 * Keeps an entry that a client wrote in the diary of their case, sealed whole. A correction names an entry of this case
 * and leaves it as it is. The same form sent twice is one entry. Those on call are
 * told of it where the second phrase opened the file (S4). Beyond what is kept in an hour nothing is kept (S13): the
 * same form can be sent again.
 */
export async function writeDiaryEntry(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
  entry: { readonly account: DiaryAccount; readonly corrects: DiaryEntryId | null; readonly once: string },
): Promise<Decision<{ readonly entryId: DiaryEntryId }, 'too-many-notes'>> {
  if (transaction.actor.kind !== 'client')
    throw new Fault('diary-is-the-clients', 'Only the client writes in their diary.')
  // Of many at once each is counted before the next is decided on.
  await lockForTransaction(transaction, 'diary', caseId)
  if (!(await wasSentBefore(transaction, `diary:${entry.once}`))) {
    const since = new Date(transaction.now.getTime() - noteHour)
    const decision = decideNote(await countEntriesSince(transaction, caseId, since, mostNotesInHour))
    if (!decision.allowed) return decision
  }
  const entryId = await doOnce(transaction, 'diary', entry.once, readKept, async () => {
    const entryId = makeId<DiaryEntryId>(transaction.now)
    const seal = await openCaseSeal(clinic, transaction, caseId)
    const body = await seal.seal(fieldOf(entryId), writeDiaryAccount(entry.account))
    const there = entry.corrects === null ? null : await loadSealedEntry(transaction, caseId, entry.corrects)
    const corrects = there?.entryId ?? null
    await insertDiaryEntry(transaction, caseId, { entryId, corrects, body })
    await recordAct(transaction, {
      verb: 'diary-entry-written',
      caseId,
      part: 'diary',
      subject: entryId,
      detail: { correction: corrects !== null },
    })
    // Asked for in either file, as at the sign-in: the job sees which it was, where nobody can time it.
    await askForJob(transaction, 'tell-on-call', { fileId: caseId })
    return entryId
  })
  return { allowed: true, entryId }
}

/** The field a diary entry is sealed under. */
export function fieldOf(entryId: DiaryEntryId): string {
  return `diary-entry ${entryId}`
}

function readKept(kept: unknown): DiaryEntryId {
  const entryId = parseId<DiaryEntryId>(String(kept))
  if (!entryId) throw new Fault('diary-answer', 'The kept answer of a form is no entry of a diary.')
  return entryId
}
