import { type Belief, beliefs } from '../../access-engine/reach/map.ts'
import type { Reached } from '../../access-engine/reach/reach.ts'
import type { DrawnMap } from '../inventory/draw-up-map.ts'
import type { Inventory, ThingId } from '../inventory/inventory.ts'
import { findOnPath } from './on-path.ts'

/** One box of the picture. */
export type PictureNode = {
  /** `suspect`, a thing, `info-location`, or the name of a fold. It may be in an address: it says nothing. */
  readonly id: string
  readonly role: 'suspect' | 'person' | 'thing' | 'info'
  readonly label: string
  /** How sure it is that the suspected person reaches it; null for what is on no path to any information. */
  readonly belief: Belief | null
  /** The things that a fold stands for; empty for every other box. */
  readonly folded: readonly ThingId[]
}

/** One box leads to another, at the surest belief at which it does. */
export type PictureLine = { readonly from: string; readonly to: string; readonly belief: Belief }

/** Who reaches what: the suspected person, what the client has, what it gives away, and what leads to what. */
export type Picture = { readonly nodes: readonly PictureNode[]; readonly lines: readonly PictureLine[] }

/** A piece of information as it stands in an address. */
export function nameInfo(node: string): string {
  return node.replace('info:', 'info-')
}

/** The box a part of the map belongs to: its thing, the information, or the suspected person for what they hold. */
export function findOwner({ cameFrom }: DrawnMap, node: string): string {
  if (node.startsWith('info:')) return nameInfo(node)
  return cameFrom.get(node) ?? cameFrom.get(node.split('.')[0] ?? '') ?? 'suspect'
}

/** The order of names in which t2 comes before t10: the order in which things were put on the map. */
export function compareIds(one: string, other: string): number {
  return one.length - other.length || (one < other ? -1 : one > other ? 1 : 0)
}

/** Whether one belief is surer than another. */
export function isSurer(one: Belief, other: Belief): boolean {
  return beliefs.indexOf(one) < beliefs.indexOf(other)
}

/** The least sure of several beliefs. A path is as sure as its weakest part. */
export function findWeakest(all: readonly Belief[]): Belief {
  return all.reduce<Belief>((weakest, each) => (isSurer(weakest, each) ? each : weakest), 'known')
}

/** The lines by their ends. Of two with the same ends the surer one stays. */
export function keepSurest(lines: readonly PictureLine[]): readonly PictureLine[] {
  const kept = new Map<string, PictureLine>()
  for (const line of lines) {
    const before = kept.get(`${line.from} ${line.to}`)
    if (!before || isSurer(line.belief, before.belief)) kept.set(`${line.from} ${line.to}`, line)
  }
  return [...kept.values()]
}

/**
 * Folds what is reached into a picture a person can read: every part of a thing is that thing. Only what is on a path
 * to some information has lines: a password the suspected person knows that no longer opens anything is no path.
 *
 * @param reached everything the suspected person reaches, in the state after the steps in `taken`
 */
export function drawReach(
  drawn: DrawnMap,
  inventory: Inventory,
  reached: readonly Reached[],
  taken: readonly string[] = [],
): Picture {
  const { map } = drawn
  const belief = new Map(reached.map(each => [each.node, each.belief]))
  const steps = new Set(taken)
  const used = map.rules.filter(
    rule =>
      rule.who !== 'client' &&
      rule.from.every(node => belief.has(node)) &&
      !rule.unless.some(step => steps.has(step)) &&
      rule.if.every(step => steps.has(step)),
  )
  const onTheWay = findOnPath(
    map.protect.map(({ node }) => node).filter(node => belief.has(node)),
    used,
  )
  const held = new Map<string, Belief>()
  for (const each of reached) if (each.path.length === 0) held.set(each.node, each.belief)
  for (const each of map.holds.suspect) held.set(each.node, each.belief)

  const things = new Map<string, Belief>()
  const lines: PictureLine[] = []
  for (const [node, sure] of held) {
    const to = findOwner(drawn, node)
    if (to !== 'suspect' && onTheWay.has(node)) lines.push({ from: 'suspect', to, belief: sure })
  }
  for (const rule of used) {
    const to = findOwner(drawn, rule.to)
    if (to === 'suspect' || !onTheWay.has(rule.to)) continue
    const sure = findWeakest([rule.belief, ...rule.from.flatMap(node => belief.get(node) ?? [])])
    if (rule.from.length === 0) lines.push({ from: 'suspect', to, belief: sure })
    for (const node of rule.from) {
      const from = findOwner(drawn, node)
      if (from === to) continue
      lines.push({ from, to, belief: sure })
      const own = belief.get(node)
      const before = things.get(from)
      if (own && (before === undefined || isSurer(own, before))) things.set(from, own)
    }
  }
  const isPerson = new Set(map.nodes.filter(node => node.kind === 'person').map(node => node.id))
  const labels = new Map(map.nodes.map(node => [node.id, node.label]))
  return {
    nodes: [
      { id: 'suspect', role: 'suspect', label: 'Suspected person', belief: 'known', folded: [] },
      ...inventory.things
        .filter(each => !each.isGone)
        .map(({ thingId, label }) => ({
          id: thingId,
          role: isPerson.has(thingId) ? ('person' as const) : ('thing' as const),
          label,
          belief: things.get(thingId) ?? null,
          folded: [],
        })),
      ...map.protect.flatMap(({ node }) => {
        const sure = belief.get(node)
        const label = labels.get(node) ?? node
        return sure === undefined
          ? []
          : [{ id: nameInfo(node), role: 'info' as const, label, belief: sure, folded: [] }]
      }),
    ],
    lines: keepSurest(lines),
  }
}
