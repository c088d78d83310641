import { openCaseSeal } from '../../cases/operations/open-case-seal.ts'
import type { CaseId } from '../../foundation/ids.ts'
import { recordNotesRead } from '../../identity/operations/phrase-state.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { type DiaryEntry, readDiaryAccount } from '../diary-entry.ts'
import { loadCompanionEntries } from '../diary-store.ts'
import { fieldOf } from './write-diary-entry.ts'

const mostNotes = 50

/**
 * What was written in the visits of a client's second phrase, the newest first, for those who look into its use: it may be
 * from the person who made them sign in, or a signal from the client. The case is open for writing its contact; that the notes were read
 * is recorded. `isAll` is false where there are older ones.
 */
export async function listCompanionNotes(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
): Promise<{ readonly notes: readonly DiaryEntry[]; readonly isAll: boolean }> {
  const found = await loadCompanionEntries(transaction, caseId, mostNotes + 1)
  const [first] = found
  if (!first) return { notes: [], isAll: true }
  const seal = await openCaseSeal(clinic, transaction, first.companionId)
  const notes: DiaryEntry[] = []
  for (const { entryId, writtenAt, corrects, body } of found.slice(0, mostNotes))
    notes.push({
      ...readDiaryAccount(await seal.open(fieldOf(entryId), body)),
      entryId,
      writtenAt,
      corrects,
    })
  await recordNotesRead(transaction, first.companionId)
  return { notes, isAll: found.length <= mostNotes }
}
