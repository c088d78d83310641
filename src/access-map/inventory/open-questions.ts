import { theirs } from '../mechanism/whose.ts'
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

/**
 * Every such question of what is on the map: first whose a thing is, which decides what the client may do about it, and then
 * those nobody has answered.
 */
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
  const rank = ({ question, isUnknown }: OpenQuestion): number =>
    (question === theirs ? 0 : 2) + (isUnknown ? 0 : 1)
  return open.toSorted((one, other) => rank(one) - rank(other))
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
