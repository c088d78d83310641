import { type AccessMap, type Belief, beliefs } from '../../access-engine/reach/map.ts'
import type { CatalogueEntry } from './catalogue-entry.ts'
import { knowledge } from './find-noticed.ts'
import { chooseStatement, isContradicted, type Thing } from './inventory.ts'

/** How far the suspected person reaches a thing by the answers about it alone. The whole map may show more. */
export type Exposure = {
  readonly level: 'yes' | 'probably' | 'unknown' | 'no'
  /** Questions nobody has answered. */
  readonly open: number
  /** Questions on which answers with different bases disagree. */
  readonly contradicted: number
}

/** Finds the exposure of a thing from its answers. The most cautious answer leads. */
export function findExposure(thing: Thing, entry: CatalogueEntry): Exposure {
  const beliefs = entry.questions.filter(each => each.kind === 'belief')
  const said = beliefs.map(each => chooseStatement(thing, each.id).belief)
  const open = entry.questions.filter(each => Object.keys(thing.answers[each.id] ?? {}).length === 0).length
  const contradicted = entry.questions.filter(each => isContradicted(thing, each.id)).length
  const level = (['yes', 'probably', 'unknown'] as const).find(each => said.includes(each)) ?? 'no'
  return { level, open, contradicted }
}

/** How far the suspected person reaches a thing on the whole map: by its own answers, and through everything it is tied to. */
export type ReachOfThing = 'yes' | 'probably' | 'unknown' | 'part' | 'no'

const levels: Readonly<Record<Belief, ReachOfThing>> = {
  known: 'yes',
  suspected: 'probably',
  possible: 'unknown',
}

/**
 * Rule S1: a thing is said to be out of reach only when no part of it is reached on the map, even possibly. `part`: they know or may know
 * something of what it takes, such as its password, and have nothing of it by that.
 *
 * @param reached what the suspected person reaches, and how surely
 */
export function findReachOfThing(
  thingId: string,
  map: Pick<AccessMap, 'nodes'>,
  cameFrom: ReadonlyMap<string, string>,
  reached: ReadonlyMap<string, Belief>,
): ReachOfThing {
  const parts = map.nodes.filter(({ id }) => cameFrom.get(id) === thingId && reached.has(id))
  const had = parts.filter(({ kind }) => !knowledge.includes(kind)).flatMap(({ id }) => reached.get(id) ?? [])
  const surest = beliefs.find(each => had.includes(each))
  return surest ? levels[surest] : parts.length > 0 ? 'part' : 'no'
}
