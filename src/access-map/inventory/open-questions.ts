import type { CatalogueEntry } from './catalogue-entry.ts'
import { chooseStatement, type Inventory, type Thing, type ThingId } from './inventory.ts'

/** A question of belief whose answer is not certain. It counts against the client until somebody finds out. */
export type OpenQuestion = {
  readonly thingId: ThingId
  readonly label: string
  readonly question: string
  readonly ask: string
  readonly isUnknown: boolean
}

/** Every such question of what is on the map, those nobody has answered first. */
export function findOpenQuestions(
  inventory: Inventory,
  catalogue: ReadonlyMap<string, CatalogueEntry>,
): readonly OpenQuestion[] {
  const open = inventory.things
    .filter(thing => !thing.isGone)
    .flatMap(thing =>
      (catalogue.get(thing.entry)?.questions ?? []).flatMap(({ kind, id, ask }): OpenQuestion[] => {
        const { belief } = chooseStatement(thing, id)
        if (kind !== 'belief' || belief === 'yes' || belief === 'no') return []
        const { thingId, label } = thing
        return [{ thingId, label, question: id, ask, isUnknown: belief === 'unknown' }]
      }),
    )
  return open.toSorted((one, other) => Number(other.isUnknown) - Number(one.isUnknown))
}

/** The list as it would be if the answer turned out to be no, whatever was said before. */
export function supposeNot(inventory: Inventory, { thingId, question }: OpenQuestion): Inventory {
  const ruledOut = (thing: Thing): Thing => ({
    ...thing,
    answers: { ...thing.answers, [question]: { seen: { belief: 'no', things: [] } } },
  })
  return {
    ...inventory,
    things: inventory.things.map(each => (each.thingId === thingId ? ruledOut(each) : each)),
  }
}
