import type { CatalogueEntry } from '../../src/access-map/inventory/catalogue-entry.ts'
import type { Inventory, InventoryStatement, Thing } from '../../src/access-map/inventory/inventory.ts'
import { makeChance } from './chance.ts'

/**
 * What a made-up client has: so many things of every kind, with answers of every sort and some questions never asked.
 * The same seed, the same client.
 */
export function makeInventory(
  seed: number,
  size: number,
  entries: ReadonlyMap<string, CatalogueEntry>,
): Inventory {
  const chance = makeChance(seed)
  const kinds = [...entries.values()].sort((one, other) => (one.id < other.id ? -1 : 1))
  const chosen = Array.from({ length: size }, (_, index) => ({
    thingId: `t${index + 1}`,
    kind: chance.pick(kinds),
  }))
  const things = chosen.map(({ thingId, kind }, index): Thing => {
    const answers: Record<string, { told: InventoryStatement }> = {}
    for (const question of kind.questions) {
      if (chance.is(0.15)) continue
      const belief = chance.pick(['yes', 'probably', 'no', 'no', 'no', 'unknown'] as const)
      const tied =
        question.kind === 'belief' || belief === 'no'
          ? []
          : chance.some(
              chosen.filter(each => question.of.includes(each.kind.id) && each.thingId !== thingId),
              2,
            )
      answers[question.id] = { told: { belief, things: tied.map(each => each.thingId) } }
    }
    return {
      thingId,
      entry: kind.id,
      label: `${kind.title} ${index + 1}`,
      note: '',
      answers,
      channels: [],
      changedIn: 1,
      isGone: chance.is(0.02),
    }
  })
  return { version: 1, words: '', things }
}
