import type { CatalogueEntry } from './catalogue-entry.ts'
import { chooseStatement, type Inventory, type Thing, type ThingId } from './inventory.ts'

/** The devices on which a thing is used, by name, and whether they are said to be all of them. */
export type OpenOn = { readonly ids: readonly ThingId[]; readonly areAll: boolean }

/** Something that is held in the hand: a phone, a tablet, a computer. */
export function isInHand(entry: CatalogueEntry | undefined): boolean {
  return entry?.nodes.some(node => node.id === '{}.in-hand') ?? false
}

/**
 * On which devices a thing is used: a device on itself, anything else on those that were named for it. A device on which
 * its password is only kept, or its code only arrives, is none of them: somebody signs in to it there.
 */
export function findOpenOn(
  thing: Thing,
  inventory: Inventory,
  catalogue: ReadonlyMap<string, CatalogueEntry>,
): OpenOn {
  const entry = catalogue.get(thing.entry)
  if (isInHand(entry)) return { ids: [thing.thingId], areAll: true }
  const questions = (entry?.questions ?? []).filter(
    each =>
      each.kind === 'things' &&
      each.of.some(id => isInHand(catalogue.get(id))) &&
      !each.of.includes('password-manager'),
  )
  const said = questions.map(each => chooseStatement(thing, each.id))
  const named = new Set(said.flatMap(each => each.things))
  return {
    ids: inventory.things
      .filter(({ thingId, entry: kind }) => named.has(thingId) && isInHand(catalogue.get(kind)))
      .map(each => each.thingId),
    areAll: said.every(each => each.belief === 'no' || (each.belief !== 'unknown' && each.things.length > 0)),
  }
}
