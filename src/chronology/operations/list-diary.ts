import { openPartInSight } from '../../audit/operations/open-part-in-sight.ts'
import { openCaseSeal } from '../../cases/operations/open-case-seal.ts'
import type { CaseId, DiaryEntryId } from '../../foundation/ids.ts'
import { beginningOfList, type PageOfList, type PlaceInList } from '../../foundation/page-of-list.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { type DiaryEntry, type DiaryThread, readDiaryAccount, threadDiary } from '../diary-entry.ts'
import { loadDiaryPage, loadSealedEntry, type SealedEntry } from '../diary-store.ts'
import { loadZone } from './load-zone.ts'
import { fieldOf } from './write-diary-entry.ts'

/** A page of the diary of a case that is open for it, the newest note first: for the client, and for everybody who may read it. */
export async function listDiary(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
  place: PlaceInList = beginningOfList,
): Promise<{ readonly list: PageOfList<DiaryThread>; readonly zone: string }> {
  const { page, entries: sealed } = await loadDiaryPage(transaction, caseId, place)
  const zone = await loadZone(transaction, caseId)
  if (sealed.length === 0) return { list: { ...page, lines: [] }, zone }
  const seal = await openCaseSeal(clinic, transaction, caseId)
  const entries: DiaryEntry[] = []
  for (const entry of sealed) entries.push(await openEntry(seal, entry))
  return { list: { ...page, lines: threadDiary(entries) }, zone }
}

async function openEntry(
  seal: Awaited<ReturnType<typeof openCaseSeal>>,
  { entryId, writtenAt, corrects, body }: SealedEntry,
): Promise<DiaryEntry> {
  return { ...readDiaryAccount(await seal.open(fieldOf(entryId), body)), entryId, writtenAt, corrects }
}

/** Whether the diary of a case that is open for it has this entry, and the zone whose clock its client reads. */
export async function findDiaryEntry(
  transaction: Transaction,
  caseId: CaseId,
  entryId: DiaryEntryId | null,
): Promise<{ readonly isThere: boolean; readonly zone: string }> {
  const found = entryId === null ? null : await loadSealedEntry(transaction, caseId, entryId)
  return { isThere: found !== null, zone: await loadZone(transaction, caseId) }
}

/** One entry, for somebody who works on another part of the case; null when it is not theirs to read, or not there. */
export async function loadDiaryEntry(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
  entryId: DiaryEntryId,
): Promise<DiaryEntry | null> {
  if (!(await openPartInSight(transaction, { caseId, part: 'diary', mode: 'read' }))) return null
  const found = await loadSealedEntry(transaction, caseId, entryId)
  return found && openEntry(await openCaseSeal(clinic, transaction, caseId), found)
}
