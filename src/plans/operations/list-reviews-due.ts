import { dayAt } from '../../foundation/calendar-day.ts'
import type { Transaction } from '../../platform/database.ts'
import { loadReviewsDue, type ReviewDueLine } from '../store.ts'

// The day begins by the clinic's own clock. A case in another zone says on its own page when its day comes.
const clinicZone = 'Europe/London'

/** The reviews by date that are due, of cases this person may see, the oldest first. */
export async function listReviewsDue(transaction: Transaction): Promise<readonly ReviewDueLine[]> {
  return loadReviewsDue(transaction, dayAt(transaction.now, clinicZone))
}
