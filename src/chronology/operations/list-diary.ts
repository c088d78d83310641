import { openPartInSight } from '../../audit/operations/open-part-in-sight.ts'
import { openCaseSeal } from '../../cases/operations/open-case-seal.ts'
import type { CaseId, DiaryEntryId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { type DiaryEntry, type DiaryThread, readDiaryAccount, threadDiary } from '../diary-entry.ts'
import { loadDiaryEntries } from '../diary-store.ts'
import { loadZone } from './load-zone.ts'
import { fieldOf } from './write-diary-entry.ts'

/** The diary of a case that is open for it, the newest first: for the client, and for everybody who may read it. */
export async function listDiary(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
): Promise<{ readonly threads: readonly DiaryThread[]; readonly zone: string }> {
  const sealed = await loadDiaryEntries(transaction, caseId)
  const zone = await loadZone(transaction, caseId)
  if (sealed.length === 0) return { threads: [], zone }
  const seal = await openCaseSeal(clinic, transaction, caseId)
  const entries: DiaryEntry[] = []
  for (const { entryId, writtenAt, corrects, body } of sealed)
    entries.push({
      ...readDiaryAccount(await seal.open(fieldOf(entryId), body)),
      entryId,
      writtenAt,
      corrects,
    })
  return { threads: threadDiary(entries), zone }
}

/** One entry, for somebody who works on another part of the case; null when it is not theirs to read, or not there. */
export async function loadDiaryEntry(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
  entryId: DiaryEntryId,
): Promise<DiaryEntry | null> {
  if (!(await openPartInSight(transaction, { caseId, part: 'diary', mode: 'read' }))) return null
  const { threads } = await listDiary(clinic, transaction, caseId)
  const entries = threads.flatMap(({ now, before }) => [now, ...before])
  return entries.find(entry => entry.entryId === entryId) ?? null
}
