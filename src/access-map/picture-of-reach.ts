import type { DrawnMap } from './draw-up-map.ts'
import type { Inventory, ThingId } from './inventory.ts'
import type { Belief } from './map.ts'
import type { Reached } from './reach.ts'

/** One thing in the picture, and how sure it is that the suspected person reaches it. */
export type PictureThing = {
  readonly thingId: ThingId
  readonly label: string
  readonly belief: Belief | null
}

/** The picture in two columns: things, pieces of information, and which of the one leads to which of the other. */
export type Picture = {
  readonly things: readonly PictureThing[]
  readonly infos: readonly { readonly id: string; readonly label: string; readonly belief: Belief }[]
  readonly lines: readonly { readonly thingId: ThingId; readonly info: string; readonly belief: Belief }[]
}

const weaker: Readonly<Record<Belief, number>> = { known: 0, suspected: 1, possible: 2 }
const weakest = (one: Belief, other: Belief): Belief => (weaker[one] >= weaker[other] ? one : other)

/**
 * Folds what is reached into a picture a person can read: every part of a thing is that thing, at the surest belief at
 * which any part of it that gives something away is reached; the recovery of an account through another is in the
 * sentences, not in the lines.
 */
export function foldReach(drawn: DrawnMap, inventory: Inventory, reached: readonly Reached[]): Picture {
  const belief = new Map(reached.map(each => [each.node, each.belief]))
  const lines = new Map<string, Picture['lines'][number]>()
  const things = new Map<ThingId, Belief>()
  for (const rule of drawn.map.rules) {
    if (!rule.to.startsWith('info:')) continue
    const [from = ''] = rule.from
    const held = belief.get(from)
    const thingId = drawn.cameFrom.get(from)
    if (held === undefined || thingId === undefined) continue
    const sure = weakest(held, rule.belief)
    const before = things.get(thingId)
    if (before === undefined || weaker[held] < weaker[before]) things.set(thingId, held)
    const key = `${thingId} ${rule.to}`
    const drawnBefore = lines.get(key)
    if (!drawnBefore || weaker[sure] < weaker[drawnBefore.belief])
      lines.set(key, { thingId, info: rule.to, belief: sure })
  }
  const labels = new Map(drawn.map.nodes.map(node => [node.id, node.label]))
  return {
    things: inventory.things
      .filter(each => !each.isGone)
      .map(each => ({ thingId: each.thingId, label: each.label, belief: things.get(each.thingId) ?? null })),
    infos: drawn.map.protect.flatMap(({ node }) => {
      const sure = belief.get(node)
      return sure === undefined ? [] : [{ id: node, label: labels.get(node) ?? node, belief: sure }]
    }),
    lines: [...lines.values()],
  }
}
