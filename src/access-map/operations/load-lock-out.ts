import { openCaseSeal } from '../../cases/operations/open-case-seal.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { type LockOut, lockOutSchema } from '../lock-out.ts'
import { loadLockOutRevision } from '../store.ts'

/** The name under which a revision is sealed. */
export function fieldOfLockOut(revision: number): string {
  return `lock-out ${revision}`
}

export type KeptLockOut = { readonly revision: number; readonly lockOut: LockOut | null }

/** The lock-out plan the client chose, as it is now; revision 0 while there is none. The case must be open for its map. */
export async function loadLockOut(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
): Promise<KeptLockOut> {
  const found = await loadLockOutRevision(transaction, caseId)
  if (!found) return { revision: 0, lockOut: null }
  const seal = await openCaseSeal(clinic, transaction, caseId)
  const text = await seal.open(fieldOfLockOut(found.revision), found.sealed)
  return { revision: found.revision, lockOut: lockOutSchema.parse(JSON.parse(text)) }
}
