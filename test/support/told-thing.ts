import type { BeliefAnswer, InventoryStatement, Thing } from '../../src/access-map/inventory/inventory.ts'
import type { Catalogue } from '../../src/access-map/inventory/load-catalogue.ts'
import { thingOf } from './story-inventory.ts'

/** What was said to questions: a belief, or the things that were named. */
export type Told = Readonly<Record<string, BeliefAnswer | readonly string[]>>

/** A thing of which everything was asked, and answered no but for what is said here. */
export function makeToldThing(
  entries: Catalogue['entries'],
  entry: string,
  number: number,
  said: Told = {},
): Thing {
  const answers: Record<string, { told: InventoryStatement }> = {}
  for (const { id } of entries.get(entry)?.questions ?? []) {
    const answer = said[id] ?? 'no'
    answers[id] = {
      told:
        typeof answer === 'string' ? { belief: answer, things: [] } : { belief: 'yes', things: [...answer] },
    }
  }
  return { ...thingOf(entry, number), answers }
}
