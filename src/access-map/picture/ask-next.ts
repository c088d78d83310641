import { compileMap } from '../../access-engine/reach/compile-map.ts'
import type { AccessMap, MapStep } from '../../access-engine/reach/map.ts'
import type { CatalogueEntry } from '../inventory/catalogue-entry.ts'
import type { DrawnMap } from '../inventory/draw-up-map.ts'
import { type AskedOf, nameRule } from '../inventory/drawing.ts'
import type { Inventory, ThingId } from '../inventory/inventory.ts'
import { findOnPath } from './on-path.ts'

/** A question whose answer is not known, and what it would change. */
export type AskNext = {
  readonly thingId: ThingId
  readonly label: string
  readonly question: string
  readonly ask: string
  /** Somebody asked, and nobody knew. */
  readonly wasAsked: boolean
  /** The information that is no longer reached if the answer is no and nothing else is answered. */
  readonly closes: readonly string[]
  /**
   * How many paths to information a no ends: one for each part of a thing and each piece of information it gives
   * away.
   */
  readonly paths: number
  /** How many paths into things a plan no longer has to close. */
  readonly spares: number
  /** The weight of the question: the mean of what a no takes away first of all and last of all, and what it spares. */
  readonly weight: number
}

/** A piece of information that is no longer reached at all counts as much as this many paths to information. */
const weightOfInfo = 20

const nothing = { effort: 0, money: 0, disruption: 0, risk: 0 }
const bare = {
  label: '',
  minutes: 1,
  alerts: false,
  needs: [],
  exposes: [],
  after: [],
  requires: [],
  excludes: [],
  destroys: [],
}

/**
 * The open questions, ordered by how much the answer would change. Each “no” is tried twice: as the first answer of
 * all, and as the last, when every other open question was answered with no. A question may change nothing today
 * because another leaves the same path open; it still weighs by the second. The two are the ends of what Shapley
 * (1953) takes the mean of. Each costs one closure, because every open question is a step that switches off what
 * depends on it.
 */
export function findAskNext(
  drawn: DrawnMap,
  inventory: Inventory,
  entries: ReadonlyMap<string, CatalogueEntry>,
): readonly AskNext[] {
  const asked = new Map(
    drawn.unsure.flatMap(({ questions }) => questions.map(each => [nameOf(each), each] as const)),
  )
  if (asked.size === 0) return []
  const compiled = compileMap(switchable(drawn, [...asked.keys()]), { level: 'possible', memory: false })
  const infos = drawn.map.protect.map(({ node }) => ({ node, at: compiled.nodeAt.get(node) ?? -1 }))
  const paths = countPaths(drawn.map, compiled.nodeAt)
  const stepOf = new Map([...asked.keys()].map(name => [name, compiled.stepAt.get(name) ?? -1]))
  const reachWith = (taken: readonly number[]) => {
    const reach = compiled.closures.suspect.run(taken)
    let open = 0
    for (const { nodes, many } of paths) if (nodes.every(reach.has)) open += many
    return { infos: infos.flatMap(({ node, at }) => (reach.has(at) ? [node] : [])), paths: open }
  }
  const weigh = (seen: ReturnType<typeof reachWith>): number => seen.infos.length * weightOfInfo + seen.paths
  const spares = countSpared(drawn, compiled.nodeAt, compiled.closures.suspect.run().keep().has)
  const all = [...stepOf.values()]
  const now = reachWith([])
  const least = weigh(reachWith(all))
  const found = [...asked].flatMap(([name, { thingId, question }]): AskNext[] => {
    const thing = inventory.things.find(each => each.thingId === thingId)
    const asks = thing && entries.get(thing.entry)?.questions.find(each => each.id === question)
    if (!thing || !asks) return []
    const step = stepOf.get(name) ?? -1
    const without = reachWith([step])
    const alone = reachWith(all.filter(other => other !== step))
    return [
      {
        thingId,
        label: thing.label,
        question,
        ask: asks.ask,
        wasAsked: Object.keys(thing.answers[question] ?? {}).length > 0,
        closes: now.infos.filter(node => !without.infos.includes(node)),
        paths: now.paths - without.paths,
        spares: spares.get(name) ?? 0,
        weight: (weigh(now) - weigh(without) + weigh(alone) - least) / 2 + (spares.get(name) ?? 0),
      },
    ]
  })
  return found
    .filter(each => each.weight > 0)
    .sort((one, other) => other.weight - one.weight || compareAsked(one, other))
}

const nameOf = ({ thingId, question }: AskedOf): string => `${thingId} ${question}`

const compareAsked = (one: AskedOf, other: AskedOf): number =>
  one.thingId.length - other.thingId.length || (nameOf(one) < nameOf(other) ? -1 : 1)

/** The parts of things that give information away, each with how many kinds it gives. */
function countPaths(
  map: AccessMap,
  nodeAt: ReadonlyMap<string, number>,
): readonly { readonly nodes: readonly number[]; readonly many: number }[] {
  const counts = new Map<string, { readonly nodes: readonly number[]; many: number }>()
  for (const rule of map.rules) {
    if (!rule.to.startsWith('info:')) continue
    const key = rule.from.join(' ')
    const found = counts.get(key) ?? { nodes: rule.from.map(node => nodeAt.get(node) ?? -1), many: 0 }
    found.many += 1
    counts.set(key, found)
  }
  return [...counts.values()]
}

/**
 * For each question, how many of the facts that depend on it are on a path to information. Each is one more to close.
 */
function countSpared(
  { map, unsure }: DrawnMap,
  nodeAt: ReadonlyMap<string, number>,
  isReached: (node: number) => boolean,
): ReadonlyMap<string, number> {
  const has = (node: string): boolean => isReached(nodeAt.get(node) ?? -1)
  const used = map.rules.filter(rule => rule.if.length === 0 && rule.who !== 'client' && rule.from.every(has))
  const onPath = findOnPath(map.protect.map(({ node }) => node).filter(has), used)
  const usedNow = new Set(used.filter(rule => onPath.has(rule.to)).map(nameRule))
  const counts = new Map<string, number>()
  for (const each of unsure) {
    if (!('rule' in each ? usedNow.has(each.rule) : onPath.has(each.holds))) continue
    for (const question of each.questions)
      counts.set(nameOf(question), (counts.get(nameOf(question)) ?? 0) + 1)
  }
  return counts
}

/** The map of today, in which answering a question with no is a step. */
function switchable({ map, unsure }: DrawnMap, questions: readonly string[]): AccessMap {
  const switchedOff = new Map(
    unsure.flatMap(each => ('rule' in each ? [[each.rule, each.questions.map(nameOf)] as const] : [])),
  )
  const held = unsure.flatMap(each =>
    'holds' in each
      ? [
          {
            to: each.holds,
            from: [],
            how: 'may hold it',
            unless: each.questions.map(nameOf),
            if: [],
            who: 'suspect' as const,
            belief: 'possible' as const,
          },
        ]
      : [],
  )
  const isUnsure = new Set(held.map(rule => rule.to))
  return {
    ...map,
    rules: [
      ...map.rules
        .map(rule => ({ ...rule, unless: switchedOff.get(nameRule(rule)) ?? [] }))
        .filter(rule => rule.if.length === 0),
      ...held,
    ],
    // What depends on a question is only possible. If it is surer, something else says so too.
    holds: {
      ...map.holds,
      suspect: map.holds.suspect.filter(each => each.belief !== 'possible' || !isUnsure.has(each.node)),
    },
    steps: questions.map((id): MapStep => ({ id, cost: nothing, ...bare })),
  }
}
