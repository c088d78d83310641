import { openCaseSeal } from '../../cases/operations/open-case-seal.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { emptyInventory, type Inventory, inventorySchema } from '../inventory.ts'
import { loadRevision } from '../store.ts'

/** The name under which a revision is sealed. */
export function fieldOfRevision(revision: number): string {
  return `access-map ${revision}`
}

/**
 * What the client has, as the newest revision tells it, or the newest up to a number; revision 0 is the empty map of
 * a case nobody has begun one for. The case must be open for its map.
 */
export async function loadInventory(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
  upTo?: number,
): Promise<{ readonly revision: number; readonly inventory: Inventory }> {
  const found = await loadRevision(transaction, caseId, upTo)
  if (!found) return { revision: 0, inventory: emptyInventory }
  const seal = await openCaseSeal(clinic, transaction, caseId)
  const text = await seal.open(fieldOfRevision(found.revision), found.sealed)
  return { revision: found.revision, inventory: inventorySchema.parse(JSON.parse(text)) }
}
