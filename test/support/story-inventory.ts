import type { Inventory, InventoryStatement, Thing } from '../../src/access-map/inventory/inventory.ts'
import type { StoryThing } from '../../src/app/demo/play-map.ts'

/** A thing of which nothing was asked yet. */
export const thingOf = (entry: string, number: number): Thing => ({
  thingId: `t${number}`,
  entry,
  label: `${entry} ${number}`,
  note: '',
  answers: {},
  channels: [],
  changedIn: 1,
  isGone: false,
})

export const inventoryOf = (things: readonly Thing[]): Inventory => ({
  version: 1,
  words: '',
  things: [...things],
})

/** The things of a story of the demo, as an adviser would have ticked them. */
export function inventoryOfStory(things: readonly StoryThing[]): Inventory {
  return inventoryOf(
    things.map((thing, index) => {
      const answers: Record<string, { told: InventoryStatement }> = {}
      for (const [question, belief] of Object.entries(thing.beliefs))
        answers[question] = { told: { belief, things: [] } }
      for (const [question, labels] of Object.entries(thing.ties ?? {})) {
        const tied = labels.map(label => `t${things.findIndex(each => each.label === label) + 1}`)
        answers[question] = { told: { belief: tied.length > 0 ? 'yes' : 'no', things: tied } }
      }
      return { ...thingOf(thing.entry, index + 1), label: thing.label, answers }
    }),
  )
}
