import type { AccessMap } from '../../access-engine/reach/map.ts'
import type { Reached } from '../../access-engine/reach/reach.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import type { DrawnMap } from '../inventory/draw-up-map.ts'
import type { Inventory } from '../inventory/inventory.ts'
import { loadCatalogue } from '../inventory/load-catalogue.ts'
import { drawOnce } from './kept-drawings.ts'
import { loadInventory } from './load-inventory.ts'
import { type KeptLockOut, loadLockOut } from './load-lock-out.ts'

/** The current map of a case, and the map as it was drawn before any step was done. */
export type DrawnCase = DrawnMap &
  KeptLockOut & {
    readonly whole: AccessMap
    readonly inventory: Inventory
    readonly inventoryRevision: number
    /** What is reached on `map`, found once. */
    readonly reached: () => readonly Reached[]
    /** Everything the suspected person holds on `map`, found once. */
    readonly ofSuspect: () => ReadonlySet<string>
  }

/**
 * Draws the current map of a case that is open for it: from the answers, with the steps of the lock-out plan that are
 * done carried out. What they closed is closed in `map`, and in everything calculated from it.
 */
export async function drawUpCase(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
): Promise<DrawnCase> {
  const { entries } = await loadCatalogue()
  const [{ inventory, revision: inventoryRevision }, kept] = await Promise.all([
    loadInventory(clinic, transaction, caseId),
    loadLockOut(clinic, transaction, caseId),
  ])
  const { drawn, current } = drawOnce(inventory, entries, kept.lockOut)
  return { ...drawn, ...kept, inventory, inventoryRevision, whole: drawn.map, ...current }
}
