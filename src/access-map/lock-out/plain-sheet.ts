import type { CatalogueEntry } from '../inventory/catalogue-entry.ts'
import type { DrawnMap } from '../inventory/draw-up-map.ts'
import type { Inventory } from '../inventory/inventory.ts'
import { waitsForHour } from './card-gate.ts'
import { findCard, findDone, type LockOut } from './lock-out.ts'
import { nameThingPlainly, sayPlacePlainly, sayStepPlainly } from './plain-step.ts'

/** A line of the sheet. `number` is its place in the plan and stays when steps before it are done. */
export type PlainLine = {
  readonly number: number
  readonly words: string
  /** What it means, for the adviser: never on paper. */
  readonly label: string
}

/** What a client takes with them: what to do now, and apart from it what waits until somebody has spoken with them. */
export type PlainSheet = {
  readonly now: readonly PlainLine[]
  readonly waiting: readonly PlainLine[]
  /** The things that its lines are about, in the order of their letters. */
  readonly things: readonly { readonly thingId: string; readonly name: string; readonly label: string }[]
}

type Drawn = Pick<DrawnMap, 'map' | 'places'> & {
  /** The map before any step was done. */
  readonly whole: DrawnMap['map']
  readonly inventory: Inventory
}

/**
 * Writes the sheet of the steps that are left. A step waits when it waits for the hour that the client chose, or when somebody has to
 * say where to take it, since none of the client’s devices is fit, or when it looks at what takes time; and so does every step after it, until somebody has said of that
 * very step that it goes ahead. That the hour has come is not enough: paper does not
 * know what happened since. What is done is not on it.
 */
export function writePlainSheet(
  drawn: Drawn,
  lockOut: LockOut,
  entries: ReadonlyMap<string, Pick<CatalogueEntry, 'like' | 'group'>>,
): PlainSheet {
  const { whole, inventory, places } = drawn
  const done = new Set(findDone(lockOut))
  const alerts = new Set(whole.steps.filter(each => each.alerts).map(each => each.id))
  const preserving = new Set(whole.evidence.flatMap(each => each.preservedBy))
  // Whether its time is over is not known to paper.
  const timed = new Set(whole.steps.filter(each => each.waits !== undefined).map(each => each.id))
  const known = new Set(whole.steps.map(each => each.id))
  const now: PlainLine[] = []
  const waiting: PlainLine[] = []
  const named = new Set<string>()
  let waits = false
  for (const [index, step] of lockOut.order.entries()) {
    if (done.has(step)) continue
    const card = findCard(lockOut, step)
    // Of a step that is no longer on the map nobody knows who notices it.
    const isLoud = alerts.has(step) || !known.has(step)
    const goes = card?.state.is === 'go'
    const place = places.get(step)
    const waitsItself =
      place === 'none-fit' ||
      timed.has(step) ||
      waitsForHour({ alerts: isLoud, preserves: preserving.has(step) }, lockOut.mode)
    if (!goes && waitsItself) waits = true
    const words = `${sayStepPlainly(step, inventory, entries)}${sayPlacePlainly(place)}`
    const line = { number: index + 1, words, label: card?.label ?? step }
    if (waits && !goes) waiting.push(line)
    else now.push(line)
    for (const [id] of (step.split(':')[1] ?? '').matchAll(/t[0-9]+/g)) named.add(id)
    if (place !== undefined && place !== 'none-fit') for (const id of place.on) named.add(id)
  }
  const things = inventory.things
    .filter(({ thingId }) => named.has(thingId))
    .map(thing => ({ thingId: thing.thingId, name: nameThingPlainly(thing, entries), label: thing.label }))
  return { now, waiting, things }
}
