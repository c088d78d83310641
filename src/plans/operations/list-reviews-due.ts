import { dayAt } from '../../foundation/calendar-day.ts'
import type { Transaction } from '../../platform/database.ts'
import { loadReviewsDue, type ReviewDueLine } from '../store.ts'

// The day turns by the clinic's own clock; a case elsewhere says on its own page when its day comes.
const clinicZone = 'Europe/London'

/** The reviews by date that have come, of cases this person may see, the oldest first. */
export async function listReviewsDue(transaction: Transaction): Promise<readonly ReviewDueLine[]> {
  return loadReviewsDue(transaction, dayAt(transaction.now, clinicZone))
}
