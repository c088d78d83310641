import { type Closure, makeClosure } from './closure.ts'
import { type AccessMap, type Agent, type Belief, countsAt, type MapRule, type MapStep } from './map.ts'
import { makeProgram, type ProgramRule, type RuleProgram } from './program.ts'

/** A map by number, ready for closures, in an order that does not depend on the order of the file. */
export type CompiledMap = {
  readonly map: AccessMap
  readonly level: Belief
  readonly nodes: readonly string[]
  readonly nodeAt: ReadonlyMap<string, number>
  readonly steps: readonly MapStep[]
  readonly stepAt: ReadonlyMap<string, number>
  /** Rules in the order of their numbers. */
  readonly rules: readonly MapRule[]
  readonly programs: Readonly<Record<Agent, RuleProgram>>
  readonly closures: Readonly<Record<Agent, Closure>>
  /** Secrets the suspected person can read today. They keep them, whatever is cut. */
  readonly remembered: ReadonlySet<number>
}

export type CompileOptions = {
  readonly level: Belief
  /** The day for which the map is asked, YYYY-MM-DD. Without one, every rule counts, whenever it was true. */
  readonly on?: string
  /** Off only to show where a secret comes from. No plan may be made without memory. */
  readonly memory?: boolean
}

/** A map with everything numbered, the same for every level and for both people. */
export type NumberedMap = Pick<CompiledMap, 'map' | 'nodes' | 'nodeAt' | 'steps' | 'stepAt' | 'rules'> & {
  readonly numbered: readonly ProgramRule[]
}

/** Numbers a map in an order of its own. Do this once when the map is used at several levels. */
export function numberMap(map: AccessMap): NumberedMap {
  const nodes = map.nodes.map(node => node.id).sort(byText)
  const nodeAt = new Map(nodes.map((id, index) => [id, index]))
  const steps = [...map.steps].sort((one, other) => byText(one.id, other.id))
  const stepAt = new Map(steps.map((step, index) => [step.id, index]))
  const rules = sortRules(map.rules)
  const number = (id: string): number => nodeAt.get(id) ?? -1
  const count = (id: string): number => stepAt.get(id) ?? -1
  const numbered = rules.map((rule, index) => ({
    number: index,
    head: number(rule.to),
    body: rule.from.map(number),
    unless: rule.unless.map(count),
    if: rule.if.map(count),
  }))
  return { map, nodes, nodeAt, steps, stepAt, rules, numbered }
}

/**
 * Prepares a map for closures at one level of belief. With memory (the default), the suspected person holds for good
 * every secret they reach today: cutting the path to a secret does not make them forget it. Doing this twice changes
 * nothing.
 */
export function compileMap(
  map: AccessMap,
  options: CompileOptions,
  laid: NumberedMap = numberMap(map),
): CompiledMap {
  const { level, on, memory = true } = options
  const { nodes, nodeAt, steps, stepAt, rules, numbered } = laid
  const number = (id: string): number => nodeAt.get(id) ?? -1

  const held = (agent: Agent): Set<number> =>
    new Set(
      map.holds[agent]
        .filter(holding => countsAt(holding.belief, level))
        .map(holding => number(holding.node)),
    )
  const program = (agent: Agent, holds: ReadonlySet<number>, ended: 'count' | 'drop'): RuleProgram =>
    makeProgram({
      nodes: nodes.length,
      steps: steps.length,
      holds,
      rules: numbered.filter((_, index) => {
        const rule = rules[index] as MapRule
        if (rule.who !== 'anyone' && rule.who !== agent) return false
        if (!countsAt(rule.belief, level)) return false
        if (on !== undefined && rule.since !== undefined && rule.since > on) return false
        return !(on !== undefined && rule.until !== undefined && rule.until < on && ended === 'drop')
      }),
    })

  const holds = held('suspect')
  const remembered = new Set<number>()
  if (memory) {
    const secret = new Set(map.nodes.filter(node => node.kind === 'secret').map(node => number(node.id)))
    const today = makeClosure(program('suspect', holds, 'count')).run()
    for (const node of secret) if (today.has(node)) remembered.add(node)
  }
  // A caller that asks about one of the two people needs nothing of the other.
  const programs = forEach(agent =>
    agent === 'suspect'
      ? program('suspect', new Set([...holds, ...remembered]), 'drop')
      : program('client', held('client'), 'drop'),
  )
  const closures = forEach(agent => makeClosure(programs[agent]))
  return { map, level, nodes, nodeAt, steps, stepAt, rules, programs, closures, remembered }
}

/** Something for each of the two people, made when it is first asked for. */
function forEach<Made>(make: (agent: Agent) => Made): Readonly<Record<Agent, Made>> {
  const made: Partial<Record<Agent, Made>> = {}
  const get = (agent: Agent): Made => {
    const one = made[agent] ?? make(agent)
    made[agent] = one
    return one
  }
  return {
    get suspect() {
      return get('suspect')
    },
    get client() {
      return get('client')
    },
  }
}

/**
 * Rules in an order that does not depend on the file. Most differ in what they give or need, so few keys are ever
 * made.
 */
function sortRules(rules: readonly MapRule[]): readonly MapRule[] {
  const whole = new Map<MapRule, string>()
  const keyOf = (rule: MapRule): string => {
    const known = whole.get(rule)
    if (known !== undefined) return known
    const parts = [[...rule.from].sort(), [...rule.unless].sort(), [...rule.if].sort()]
    const key = JSON.stringify([...parts, rule.belief, rule.who, rule.how, rule.since, rule.until])
    whole.set(rule, key)
    return key
  }
  return rules
    .map(rule => ({ rule, from: JSON.stringify([...rule.from].sort()) }))
    .sort(
      (one, other) =>
        byText(one.rule.to, other.rule.to) ||
        byText(one.from, other.from) ||
        byText(keyOf(one.rule), keyOf(other.rule)),
    )
    .map(each => each.rule)
}

/** Sorts by code unit, so that every machine sorts the same. */
function byText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
