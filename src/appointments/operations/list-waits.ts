import type { Transaction } from '../../platform/database.ts'
import { loadWaits } from '../diary-store.ts'
import { findWaitsInDays } from '../waiting-time.ts'

/** How long people waited for a first appointment, and how many still wait, with nothing that says who. */
export type Waits = { readonly days: readonly number[]; readonly stillWaiting: number }

/** The waits of everybody referred between two instants whose case was opened, for a manager or a job. */
export async function listWaits(transaction: Transaction, from: Date, until: Date): Promise<Waits> {
  const waits = await loadWaits(transaction, from, until)
  return {
    days: findWaitsInDays(waits),
    stillWaiting: waits.filter(each => each.firstAt === null).length,
  }
}
