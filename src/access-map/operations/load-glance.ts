import { findReach, type Reached } from '../../access-engine/reach/reach.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { drawUpMap } from '../inventory/draw-up-map.ts'
import { emptyInventory, type Inventory } from '../inventory/inventory.ts'
import { type Catalogue, loadCatalogue } from '../inventory/load-catalogue.ts'
import { findCurrentMap } from '../lock-out/lock-out.ts'
import { drawReach } from '../picture/picture-of-reach.ts'
import { type ChangedBox, findWhatChanged } from '../picture/what-changed.ts'
import { type DrawnCase, drawUpCase } from './draw-up-case.ts'
import { loadInventory } from './load-inventory.ts'

/** The current map of a case, with what is reached. */
export type Glance = {
  /** The revision of the inventory. */
  readonly revision: number
  readonly catalogue: Catalogue
  readonly drawn: DrawnCase
  readonly reached: readonly Reached[]
  /** What the answers saved just now changed; null when nothing was saved. */
  readonly changed: readonly ChangedBox[] | null
}

/**
 * Loads the current map of a case that is open for it.
 *
 * @param saved the revision somebody has just made: if it is still the newest, what it changed is found
 */
export async function loadGlance(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
  saved: number | null,
): Promise<Glance> {
  const catalogue = await loadCatalogue()
  const drawn = await drawUpCase(clinic, transaction, caseId)
  const revision = drawn.inventoryRevision
  const reached = drawn.reached()
  const glance = { revision, catalogue, drawn, reached }
  if (saved === null || saved !== revision) return { ...glance, changed: null }
  const before = await loadBefore(clinic, transaction, caseId, saved)
  const was = drawUpMap(before, catalogue.entries)
  const current = { ...was, map: findCurrentMap(was.map, drawn.lockOut) }
  const changed = findWhatChanged(
    drawReach(current, before, findReach(current.map, 'possible')),
    drawReach(drawn, drawn.inventory, reached),
  )
  return { ...glance, changed }
}

async function loadBefore(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
  revision: number,
): Promise<Inventory> {
  if (revision <= 1) return emptyInventory
  return (await loadInventory(clinic, transaction, caseId, revision - 1)).inventory
}
