import { dayAt } from '../../foundation/calendar-day.ts'
import type { CaseId } from '../../foundation/ids.ts'
import { beginningOfList, type PageOfList, type PlaceInList } from '../../foundation/page-of-list.ts'
import type { Transaction } from '../../platform/database.ts'
import { loadReviewsDue, type ReviewDueLine } from '../store.ts'

// The day begins by the clinic's own clock. A case in another zone says on its own page when its day comes.
const clinicZone = 'Europe/London'

/**
 * A page of the reviews by date that are due, of cases this person may see, the oldest first.
 *
 * @param first cases that come before all others
 */
export async function listReviewsDue(
  transaction: Transaction,
  first: readonly CaseId[] = [],
  place: PlaceInList = beginningOfList,
): Promise<PageOfList<ReviewDueLine>> {
  return loadReviewsDue(transaction, dayAt(transaction.now, clinicZone), first, place)
}
