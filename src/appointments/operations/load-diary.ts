import { loadProfile } from '../../directory/operations/load-profile.ts'
import type { CaseId, PersonId } from '../../foundation/ids.ts'
import { beginningOfList, type PageOfList, type PlaceInList } from '../../foundation/page-of-list.ts'
import type { Transaction } from '../../platform/database.ts'
import type { DiaryLine, OpenFollowUp } from '../diary.ts'
import { loadDiaryLines, loadOpenFollowUps } from '../diary-store.ts'

export type Diary = {
  readonly lines: readonly DiaryLine[]
  readonly followUps: PageOfList<OpenFollowUp>
  readonly zone: string
}

/** How far back a diary shows what was not recorded yet, and how far ahead it looks, in days. */
const reach = { back: 14, ahead: 28 }

/**
 * The appointments around now, of one person or of everybody, and who has to be followed up. Only of cases that the
 * person asking may see: no case is opened by this, as with the caseload.
 *
 * @param first cases whose clients are followed up before all others
 * @param place the page of those who have to be followed up
 */
export async function loadDiary(
  transaction: Transaction,
  personId: PersonId | null,
  first: readonly CaseId[] = [],
  place: PlaceInList = beginningOfList,
): Promise<Diary> {
  const { timeZone } = await loadProfile(transaction)
  const at = (days: number): Date => new Date(transaction.now.getTime() + days * 86_400_000)
  return {
    lines: await loadDiaryLines(transaction, at(-reach.back), at(reach.ahead), personId),
    followUps: await loadOpenFollowUps(transaction, first, place),
    zone: timeZone,
  }
}
