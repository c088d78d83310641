import { type AccessMap, type Agent, type Belief, countsAt } from './map.ts'

/** What somebody holds in the end, with these steps taken. */
export type NaiveClosure = (agent: Agent, taken: ReadonlySet<string>) => ReadonlySet<string>

/**
 * The same closure in the slow and plain form: goes through all rules until nothing changes. It shares no line with
 * the fast closure and reads the map as it was written. Every plan and every order is checked by it.
 */
export function makeNaiveClosure(map: AccessMap, level: Belief, on?: string): NaiveClosure {
  const place = new Map(map.nodes.map((node, index) => [node.id, index]))
  const at = (id: string): number => place.get(id) ?? -1
  type Plain = {
    readonly to: number
    readonly from: readonly number[]
    readonly rule: AccessMap['rules'][number]
  }
  const rulesOf = (agent: Agent, isMemory: boolean): Plain[] =>
    map.rules
      .filter(
        rule =>
          (rule.who === 'anyone' || rule.who === agent) &&
          countsAt(rule.belief, level) &&
          (on === undefined || rule.since === undefined || rule.since <= on) &&
          (on === undefined || isMemory || rule.until === undefined || rule.until >= on),
      )
      .map(rule => ({ to: at(rule.to), from: rule.from.map(at), rule }))

  function run(rules: readonly Plain[], start: readonly number[], taken: ReadonlySet<string>): Set<string> {
    const held = new Uint8Array(map.nodes.length)
    const found = new Set<string>()
    const add = (node: number): void => {
      held[node] = 1
      found.add(map.nodes[node]?.id ?? '')
    }
    for (const node of start) add(node)
    for (let grew = true; grew; ) {
      grew = false
      for (const each of rules) {
        if (held[each.to] === 1) continue
        let missing = false
        for (const node of each.from) if (held[node] !== 1) missing = true
        if (missing || !isOn(each.rule, taken)) continue
        add(each.to)
        grew = true
      }
    }
    return found
  }

  const holds = (agent: Agent): number[] =>
    map.holds[agent].filter(each => countsAt(each.belief, level)).map(each => at(each.node))
  const today = run(rulesOf('suspect', true), holds('suspect'), new Set())
  const secrets = map.nodes
    .filter(node => node.kind === 'secret' && today.has(node.id))
    .map(node => at(node.id))
  const start = { suspect: [...holds('suspect'), ...secrets], client: holds('client') }
  const rules = { suspect: inTurn('suspect'), client: inTurn('client') }

  /** Puts the rules in the order in which they give something, so that most runs need only go through them twice. */
  function inTurn(agent: Agent): readonly Plain[] {
    const all = rulesOf(agent, false)
    const place = new Map([...run(all, start[agent], new Set())].map((id, index) => [at(id), index]))
    const last = place.size
    return all.sort((one, other) => (place.get(one.to) ?? last) - (place.get(other.to) ?? last))
  }

  return (agent, taken) => run(rules[agent], start[agent], taken)
}

function isOn(rule: AccessMap['rules'][number], taken: ReadonlySet<string>): boolean {
  return rule.if.every(step => taken.has(step)) && !rule.unless.some(step => taken.has(step))
}
