import { sayPath } from '../../access-engine/reach/explain.ts'
import type { Belief, MapRule } from '../../access-engine/reach/map.ts'
import type { Reached } from '../../access-engine/reach/reach.ts'
import type { DrawnMap } from '../inventory/draw-up-map.ts'
import { compareIds, findOwner, findWeakest, isSurer, nameInfo, type Picture } from './picture-of-reach.ts'

/** One path to a piece of information: what is on it in the picture, and the same in sentences. */
export type Path = {
  readonly info: string
  readonly label: string
  readonly belief: Belief
  /** The box that gives the information away. */
  readonly last: string
  readonly boxes: ReadonlySet<string>
  /** The lines on it, as "from to". */
  readonly lines: ReadonlySet<string>
  readonly sentences: readonly string[]
  /** Every box that gives it away, the surest first. */
  readonly givers: readonly { readonly id: string; readonly label: string; readonly belief: Belief }[]
}

/**
 * The path to a piece of information: through one of the boxes that give it away, or else the surest and shortest.
 * Null when it is not reached, or when that box does not give it away.
 *
 * @param picture what is shown, folded or not; a path through a fold goes through its box
 * @param last the box it should go through
 */
export function findPath(
  drawn: DrawnMap,
  picture: Picture,
  reached: readonly Reached[],
  info: string,
  last?: string,
): Path | null {
  const standsFor = new Map(picture.nodes.flatMap(node => node.folded.map(id => [id, node.id] as const)))
  const boxOf = (node: string): string => {
    const owner = findOwner(drawn, node)
    return standsFor.get(owner) ?? owner
  }
  const labels = new Map(picture.nodes.map(node => [node.id, node.label]))
  const byNode = new Map(reached.map(each => [each.node, each]))
  const goal = reached.find(each => each.node.startsWith('info:') && nameInfo(each.node) === info)
  const label = labels.get(info)
  if (!goal || label === undefined) return null
  const givers = picture.lines
    .filter(line => line.to === info)
    .map(({ from, belief }) => ({ id: from, label: labels.get(from) ?? from, belief }))
    .sort((one, other) =>
      one.belief === other.belief ? compareIds(one.id, other.id) : isSurer(one.belief, other.belief) ? -1 : 1,
    )
  const chosen = last === undefined ? goal : findThrough(drawn, byNode, goal, last, boxOf)
  if (!chosen) return null
  const boxes = new Set<string>(['suspect', info])
  const lines = new Set<string>()
  const join = (from: string, to: string): void => {
    boxes.add(from)
    boxes.add(to)
    if (from !== to) lines.add(`${from} ${to}`)
  }
  for (const rule of chosen.path) {
    for (const node of rule.from) {
      join(boxOf(node), boxOf(rule.to))
      if (byNode.get(node)?.path.length === 0) join('suspect', boxOf(node))
    }
  }
  const giver = chosen.path.at(-1)?.from[0]
  return {
    info,
    label,
    belief: chosen.belief,
    last: giver === undefined ? 'suspect' : boxOf(giver),
    boxes,
    lines,
    sentences: sayPath(drawn.map, chosen, 'The suspected person'),
    givers,
  }
}

/** The surest path that ends in a rule out of one box. */
function findThrough(
  drawn: DrawnMap,
  byNode: ReadonlyMap<string, Reached>,
  goal: Reached,
  last: string,
  boxOf: (node: string) => string,
): Reached | null {
  let best: Reached | null = null
  for (const rule of drawn.map.rules) {
    if (rule.to !== goal.node || rule.who === 'client' || rule.if.length > 0) continue
    if (!rule.from.some(node => boxOf(node) === last)) continue
    const bases = rule.from.map(node => byNode.get(node))
    const isReached = (each: Reached | undefined): each is Reached => each !== undefined
    if (!bases.every(isReached)) continue
    const belief = findWeakest([rule.belief, ...bases.map(each => each.belief)])
    const path: readonly MapRule[] = [...new Set([...bases.flatMap(each => each.path), rule])]
    const isBetter =
      !best || isSurer(belief, best.belief) || (belief === best.belief && path.length < best.path.length)
    if (isBetter) best = { node: goal.node, belief, path }
  }
  return best
}
