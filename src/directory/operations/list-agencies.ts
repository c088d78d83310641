import type { Transaction } from '../../platform/database.ts'
import { onceInVisit } from '../../platform/once-in-visit.ts'
import { type Agency, loadAgencyRows } from '../store.ts'

export type { Agency } from '../store.ts'

/** The agencies that work together in this clinic, the lead first. */
export async function listAgencies(transaction: Transaction): Promise<readonly Agency[]> {
  return onceInVisit(transaction, 'agencies', () => loadAgencyRows(transaction))
}
