import type { Transaction } from '../../platform/database.ts'
import { loadFirstWaits } from '../diary-store.ts'

/** So many cases waited so many days, from the referral to a first appointment in this month ("2026-03-01"). */
export type FirstWaits = { readonly month: string; readonly days: number; readonly cases: number }

/** How long people waited for a first appointment: counts for a manager, with nothing that says who. */
export async function countFirstWaits(
  transaction: Transaction,
  zone: string,
): Promise<readonly FirstWaits[]> {
  return loadFirstWaits(transaction, zone)
}
