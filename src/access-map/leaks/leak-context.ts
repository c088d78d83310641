import type { CatalogueEntry } from '../inventory/catalogue-entry.ts'
import { type DrawnMap, drawUpMap } from '../inventory/draw-up-map.ts'
import type { Inventory } from '../inventory/inventory.ts'
import { makeCarrierFinder, type StepTaken } from './carriers.ts'
import type { LeakContext } from './leak-answer.ts'

/**
 * Draws the map for the leak finder: including what the client no longer has, and with the steps taken on their days.
 *
 * @param takenOn the steps taken and their days, by the map as it was before any
 */
export function drawUpLeakContext(
  inventory: Inventory,
  catalogue: ReadonlyMap<string, CatalogueEntry>,
  takenOn: (map: DrawnMap['map']) => readonly StepTaken[] = () => [],
): LeakContext {
  const all = { ...inventory, things: inventory.things.map(each => ({ ...each, isGone: false })) }
  const drawn = drawUpMap(all, catalogue)
  const taken = takenOn(drawn.map)
  return { inventory, catalogue, drawn, finder: makeCarrierFinder(drawn, inventory, catalogue, taken), taken }
}
