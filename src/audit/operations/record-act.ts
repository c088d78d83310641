import type { Transaction } from '../../platform/database.ts'
import type { Act } from '../act.ts'
import { addAct } from '../store.ts'

/** Records an act in the transaction that did it: both are kept, or neither is. */
export async function recordAct(transaction: Transaction, act: Act): Promise<void> {
  await addAct(transaction, act)
}
