import { sealedRevisions } from '../../cases/operations/sealed-revisions.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { type LockOut, lockOutSchema } from '../lock-out/lock-out.ts'

/** The revisions of the lock-out plan of a case. */
export const lockOutRevisions = sealedRevisions<LockOut>('lock_out', 'lock-out', lockOutSchema)

export type KeptLockOut = { readonly revision: number; readonly lockOut: LockOut | null }

/** The lock-out plan the client chose, as it is now; revision 0 while there is none. The case must be open for its map. */
export async function loadLockOut(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
): Promise<KeptLockOut> {
  const found = await lockOutRevisions.load(clinic, transaction, caseId)
  return { revision: found?.revision ?? 0, lockOut: found?.kept ?? null }
}
