import type { CatalogueEntry } from '../inventory/catalogue-entry.ts'
import { chooseStatement, type Inventory } from '../inventory/inventory.ts'
import { findLetter, nameThingPlainly } from './plain-step.ts'

/** A thing on the client’s list of what they have: its letter with its word, and the letters of what it goes with. */
export type PlainThing = { readonly name: string; readonly goesWith: readonly string[] }

/**
 * The list of a client’s devices and accounts that they may take with them (S2): by their letters, in words of any household, each with
 * what it goes with by the answers. Nobody stands on it: not the suspected person, nor anybody who could tell them. That something is
 * reached, by whom and how surely, is on no paper that leaves with the client.
 */
// Rule S2: what somebody reaches is on no paper that a client takes with them
export function writePlainThings(
  inventory: Inventory,
  entries: ReadonlyMap<string, Pick<CatalogueEntry, 'like' | 'group'>>,
): readonly PlainThing[] {
  const things = inventory.things.filter(
    ({ isGone, entry }) => !isGone && entries.has(entry) && entries.get(entry)?.group !== 'people',
  )
  const listed = new Set(things.map(({ thingId }) => thingId))
  const pairs = things.flatMap(thing =>
    Object.keys(thing.answers)
      .flatMap(question => chooseStatement(thing, question).things)
      .filter(other => other !== thing.thingId && listed.has(other))
      .map(other => [thing.thingId, other] as const),
  )
  return things.map(thing => {
    const partners = pairs.flatMap(([one, other]) =>
      one === thing.thingId ? [other] : other === thing.thingId ? [one] : [],
    )
    const goesWith = things.filter(({ thingId }) => partners.includes(thingId))
    return {
      name: nameThingPlainly(thing, entries),
      goesWith: goesWith.map(({ thingId }) => findLetter(thingId)),
    }
  })
}
