import type { CatalogueEntry } from '../inventory/catalogue-entry.ts'
import type { Inventory, Thing, ThingId } from '../inventory/inventory.ts'
import { findOpenOn, isInHand } from '../inventory/open-on.ts'

/** Where a message was written or read: a thing it went through, and the device in the hand, by their names on the map. */
export type ReadingPlace = { readonly id: string; readonly app: Thing; readonly device: Thing | null }

type Catalogue = ReadonlyMap<string, CatalogueEntry>

/**
 * Where a message can be written or read, as finely as the map knows it: each app, mailbox and number the client has, on
 * each device on which it is open. Where the map knows no device, or not all of them, there is one more, on a device it
 * does not name. What they no longer have is among them: a day may be from when they had it.
 */
export function listReadingPlaces(inventory: Inventory, catalogue: Catalogue): readonly ReadingPlace[] {
  const things = new Map(inventory.things.map(each => [each.thingId, each]))
  return inventory.things.flatMap(app => {
    if (!isChannel(app, catalogue)) return []
    const devices = findOpenOn(app, inventory, catalogue)
    const named = devices.ids.flatMap((id): readonly ReadingPlace[] => {
      const device = things.get(id)
      return device ? [{ id: `${app.thingId}@${id}`, app, device }] : []
    })
    return devices.areAll && named.length > 0 ? named : [...named, { id: app.thingId, app, device: null }]
  })
}

/**
 * Which things can have carried a message that was written or read in these places: what it went through, the devices on which
 * that is open, and what is on those. What the map does not say counts as possible, so it stays.
 *
 * @param readAt names of places; of places that are on the map no longer, the things count
 */
export function makeReadingFilter(
  inventory: Inventory,
  catalogue: Catalogue,
  readAt: readonly string[],
): (thing: Thing) => boolean {
  if (readAt.length === 0) return () => true
  const apps = new Set<ThingId>(readAt.map(each => each.split('@')[0] ?? ''))
  const devices = new Set<ThingId>(readAt.flatMap(each => each.split('@')[1] ?? []))
  let isUnnamed = false
  for (const app of inventory.things) {
    if (!apps.has(app.thingId)) continue
    const open = findOpenOn(app, inventory, catalogue)
    for (const id of open.ids) devices.add(id)
    if (!open.areAll || open.ids.length === 0) isUnnamed = true
  }
  return thing => {
    if (isChannel(thing, catalogue)) return apps.has(thing.thingId)
    if (isUnnamed) return true
    if (isInHand(catalogue.get(thing.entry))) return devices.has(thing.thingId)
    const on = findOpenOn(thing, inventory, catalogue)
    return on.ids.length === 0 || !on.areAll || on.ids.some(id => devices.has(id))
  }
}

function isChannel(thing: Thing, catalogue: Catalogue): boolean {
  return catalogue.get(thing.entry)?.channel !== undefined
}
