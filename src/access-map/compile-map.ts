import { type Closure, makeClosure } from './closure.ts'
import { type AccessMap, type Agent, type Belief, countsAt, type MapRule, type MapStep } from './map.ts'
import { makeProgram, type Program } from './program.ts'

/** A map laid out for counting: everything by number, in an order that does not depend on the order of the file. */
export type CompiledMap = {
  readonly map: AccessMap
  readonly level: Belief
  readonly nodes: readonly string[]
  readonly nodeAt: ReadonlyMap<string, number>
  readonly steps: readonly MapStep[]
  readonly stepAt: ReadonlyMap<string, number>
  /** Rules in the order of their numbers. */
  readonly rules: readonly MapRule[]
  readonly programs: Readonly<Record<Agent, Program>>
  readonly closures: Readonly<Record<Agent, Closure>>
  /** Secrets he can read today: he keeps them, whatever is cut. */
  readonly remembered: ReadonlySet<number>
}

export type CompileOptions = {
  readonly level: Belief
  /** The day the map is looked at, YYYY-MM-DD. Without one, every rule counts, whenever it was true. */
  readonly on?: string
  /** Off only to show where a secret comes from; no plan may be made without memory. */
  readonly memory?: boolean
}

/**
 * Lays a map out for counting, at one level of belief. With memory (the default) every secret in his closure of today
 * becomes a holding of his, with nothing that could switch it off: cutting the way to a secret does not make him
 * forget it. Doing so twice changes nothing.
 */
export function compileMap(map: AccessMap, options: CompileOptions): CompiledMap {
  const { level, on, memory = true } = options
  const nodes = map.nodes.map(node => node.id).sort(byText)
  const nodeAt = new Map(nodes.map((id, index) => [id, index]))
  const steps = [...map.steps].sort((one, other) => byText(one.id, other.id))
  const stepAt = new Map(steps.map((step, index) => [step.id, index]))
  const rules = sortRules(map.rules)
  const number = (id: string): number => nodeAt.get(id) ?? -1
  const count = (id: string): number => stepAt.get(id) ?? -1

  const held = (agent: Agent): Set<number> =>
    new Set(
      map.holds[agent]
        .filter(holding => countsAt(holding.belief, level))
        .map(holding => number(holding.node)),
    )
  const program = (agent: Agent, holds: ReadonlySet<number>, ended: 'count' | 'drop'): Program =>
    makeProgram({
      nodes: nodes.length,
      steps: steps.length,
      holds,
      rules: rules.flatMap((rule, index) => {
        if (rule.who !== 'anyone' && rule.who !== agent) return []
        if (!countsAt(rule.belief, level)) return []
        if (on !== undefined && rule.since !== undefined && rule.since > on) return []
        if (on !== undefined && rule.until !== undefined && rule.until < on && ended === 'drop') return []
        return [
          {
            number: index,
            head: number(rule.to),
            body: rule.from.map(number),
            unless: rule.unless.map(count),
            if: rule.if.map(count),
          },
        ]
      }),
    })

  const holds = held('suspect')
  const remembered = new Set<number>()
  if (memory) {
    const secret = new Set(map.nodes.filter(node => node.kind === 'secret').map(node => number(node.id)))
    const today = makeClosure(program('suspect', holds, 'count')).run()
    for (const node of secret) if (today.has(node)) remembered.add(node)
  }
  const programs = {
    suspect: program('suspect', new Set([...holds, ...remembered]), 'drop'),
    client: program('client', held('client'), 'drop'),
  }
  const closures = { suspect: makeClosure(programs.suspect), client: makeClosure(programs.client) }
  return { map, level, nodes, nodeAt, steps, stepAt, rules, programs, closures, remembered }
}

/** Rules in an order that is theirs alone: most differ in what they give, and few keys are ever made. */
function sortRules(rules: readonly MapRule[]): readonly MapRule[] {
  const keys = new Map<MapRule, string>()
  const keyOf = (rule: MapRule): string => {
    const known = keys.get(rule)
    if (known !== undefined) return known
    const parts = [[...rule.from].sort(), [...rule.unless].sort(), [...rule.if].sort()]
    const key = JSON.stringify([...parts, rule.belief, rule.who, rule.how, rule.since, rule.until])
    keys.set(rule, key)
    return key
  }
  return [...rules].sort((one, other) => byText(one.to, other.to) || byText(keyOf(one), keyOf(other)))
}

/** By code unit, so that every machine sorts alike. */
function byText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
