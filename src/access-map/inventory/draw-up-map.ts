import type { AccessMap } from '../../access-engine/reach/map.ts'
import type { CatalogueEntry } from './catalogue-entry.ts'
import { drawThing, type Placed } from './draw-thing.ts'
import { beginDrawing, finishDrawing, type StepWords, type Unsure } from './drawing.ts'
import { sayLost } from './find-lost.ts'
import { findNoticed, type Inspection, type StepPlace, sayNoticed } from './find-noticed.ts'
import type { Inventory, ThingId } from './inventory.ts'
import { findOpenOn } from './open-on.ts'

/** Something the map is missing, in words for the adviser. Never left out in silence. */
export type MapGap = { readonly thingId: ThingId; readonly says: string }

export type DrawnMap = {
  readonly map: AccessMap
  readonly gaps: readonly MapGap[]
  /** Which thing a node or a step came from, for the picture and the cards. */
  readonly cameFrom: ReadonlyMap<string, ThingId>
  /** What the client is told about each step before it is taken (S9). */
  readonly told: ReadonlyMap<string, StepWords>
  /** Where a step of an account is to be taken: on which devices of the client's, or on none of them. */
  readonly places: ReadonlyMap<string, StepPlace>
  /** Steps that the suspected person could answer: they have a part of the thing, or of what it is tied to. */
  readonly answered: ReadonlySet<string>
  /** Where each thing can be looked at, and who is told of that. */
  readonly inspections: ReadonlyMap<ThingId, Inspection>
  /** Steps that are something to go on doing: they close nothing for certain. */
  readonly habits: ReadonlySet<string>
  /** What a piece of evidence is, in words. */
  readonly evidenceWords: ReadonlyMap<string, string>
  /** What is on the map only because the answer to a question is not known. */
  readonly unsure: readonly Unsure[]
}

/**
 * Writes the map from the answers. The entry of each thing is filled in once, and once for every thing it is tied to
 * where the entry says so. What is not known goes in as possible, whatever it would open. A thing whose entry is no
 * longer in the catalogue is reported as a gap.
 *
 * @param inventory one revision of what the client has
 * @param catalogue the entries by id
 */
export function drawUpMap(inventory: Inventory, catalogue: ReadonlyMap<string, CatalogueEntry>): DrawnMap {
  const gaps: MapGap[] = []
  const placed = new Map<ThingId, Placed>()
  for (const thing of inventory.things) {
    if (thing.isGone) continue
    const entry = catalogue.get(thing.entry)
    if (entry) placed.set(thing.thingId, { thing, entry })
    else
      gaps.push({
        thingId: thing.thingId,
        says: `${thing.label} is of a kind that is no longer in the catalogue. What can be reached through it is not in this picture.`,
      })
  }
  const drawing = beginDrawing()
  for (const each of placed.values()) {
    drawThing(drawing, each, placed)
    const { ids } = findOpenOn(each.thing, inventory, catalogue)
    drawing.openOn.set(
      each.thing.thingId,
      ids.filter(id => placed.has(id)),
    )
  }
  const whole = finishDrawing(drawing)
  const { noticed, places, answered, inspections } = findNoticed(whole, drawing)
  const { cameFrom, told, habits, evidenceWords, unsure } = drawing
  return {
    map: sayNoticed(sayLost(whole), noticed),
    gaps,
    cameFrom,
    told,
    places,
    inspections,
    answered,
    habits,
    evidenceWords,
    unsure,
  }
}
