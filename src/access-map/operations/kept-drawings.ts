import type { AccessMap } from '../../access-engine/reach/map.ts'
import { makeNaiveClosure } from '../../access-engine/reach/naive-closure.ts'
import { findReach, type Reached } from '../../access-engine/reach/reach.ts'
import type { CatalogueEntry } from '../inventory/catalogue-entry.ts'
import { type DrawnMap, drawUpMap } from '../inventory/draw-up-map.ts'
import type { Inventory } from '../inventory/inventory.ts'
import { findCurrentMap, type LockOut } from '../lock-out/lock-out.ts'

/**
 * What was drawn of an inventory and carried out of a lock-out plan, as long as somebody holds these. Both are revisions,
 * which nobody changes, and both are found only by somebody for whom the case is open: what is drawn here hangs on the very
 * object that was opened, so that it is nobody else's.
 */
type Drawings = {
  readonly entries: ReadonlyMap<string, CatalogueEntry>
  readonly drawn: DrawnMap
  /** The map without a lock-out plan, and with each. */
  readonly before: CurrentMap
  readonly after: WeakMap<LockOut, CurrentMap>
}

export type CurrentMap = {
  readonly map: AccessMap
  readonly reached: () => readonly Reached[]
  /** Everything the suspected person holds on it. */
  readonly ofSuspect: () => ReadonlySet<string>
}

const kept = new WeakMap<Inventory, Drawings>()

/** The map of an inventory, and as it is now: with the steps of a lock-out plan that are done carried out. */
export function drawOnce(
  inventory: Inventory,
  entries: ReadonlyMap<string, CatalogueEntry>,
  lockOut: LockOut | null,
): { readonly drawn: DrawnMap; readonly current: CurrentMap } {
  const known = kept.get(inventory)
  const drawings = known?.entries === entries ? known : draw(inventory, entries)
  kept.set(inventory, drawings)
  if (!lockOut) return { drawn: drawings.drawn, current: drawings.before }
  const current = drawings.after.get(lockOut) ?? withReach(findCurrentMap(drawings.drawn.map, lockOut))
  drawings.after.set(lockOut, current)
  return { drawn: drawings.drawn, current }
}

function draw(inventory: Inventory, entries: ReadonlyMap<string, CatalogueEntry>): Drawings {
  const drawn = drawUpMap(inventory, entries)
  return { entries, drawn, before: withReach(drawn.map), after: new WeakMap() }
}

function withReach(map: AccessMap): CurrentMap {
  let reached: readonly Reached[] | null = null
  let ofSuspect: ReadonlySet<string> | null = null
  return {
    map,
    reached: () => {
      reached ??= findReach(map, 'possible')
      return reached
    },
    ofSuspect: () => {
      ofSuspect ??= makeNaiveClosure(map, 'possible')('suspect', new Set())
      return ofSuspect
    },
  }
}
