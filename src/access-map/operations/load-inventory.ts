import { sealedRevisions } from '../../cases/operations/sealed-revisions.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { emptyInventory, type Inventory, inventorySchema } from '../inventory/inventory.ts'
import type { MapChange } from '../inventory/inventory-change.ts'

/** The revisions of the map of a case. */
export const inventoryRevisions = sealedRevisions<Inventory, MapChange>(
  'access_map',
  'access-map',
  inventorySchema,
)

/**
 * What the client has, by the newest revision, or the newest up to a number. Revision 0 is the empty map of a case
 * for which nobody has begun one. The case must be open for its map.
 */
export async function loadInventory(
  clinic: Pick<Clinic, 'clinicId'>,
  transaction: Transaction,
  caseId: CaseId,
  upTo?: number,
): Promise<{ readonly revision: number; readonly inventory: Inventory }> {
  const found = await inventoryRevisions.load(clinic, transaction, caseId, upTo)
  return { revision: found?.revision ?? 0, inventory: found?.kept ?? emptyInventory }
}
