import { type AccessMap, type Agent, type Belief, countsAt } from './map.ts'

/** What somebody holds in the end, with these steps taken. */
export type NaiveClosure = (agent: Agent, taken: ReadonlySet<string>) => ReadonlySet<string>

/**
 * The same least fixpoint, the slow and plain way: go through all rules until nothing changes. It shares no line with
 * the fast closure, reads the map as it was written, and is what every plan and every order is checked by.
 */
export function makeNaiveClosure(map: AccessMap, level: Belief, on?: string): NaiveClosure {
  const kindOf = new Map(map.nodes.map(node => [node.id, node.kind]))
  type Plain = (typeof map.rules)[number]
  const counts = (agent: Agent, rule: Plain, isMemory: boolean): boolean =>
    (rule.who === 'anyone' || rule.who === agent) &&
    countsAt(rule.belief, level) &&
    (on === undefined || rule.since === undefined || rule.since <= on) &&
    (on === undefined || isMemory || rule.until === undefined || rule.until >= on)
  const run = (rules: Plain[], start: Iterable<string>, taken: ReadonlySet<string>): Set<string> => {
    const held = new Set(start)
    for (let grew = true; grew; ) {
      grew = false
      for (const rule of rules) {
        if (held.has(rule.to)) continue
        if (!rule.from.every(node => held.has(node))) continue
        if (rule.unless.some(step => taken.has(step)) || !rule.if.every(step => taken.has(step))) continue
        held.add(rule.to)
        grew = true
      }
    }
    return held
  }
  const holds = (agent: Agent): string[] =>
    map.holds[agent].filter(each => countsAt(each.belief, level)).map(each => each.node)
  const rulesOf = (agent: Agent, isMemory: boolean): Plain[] =>
    map.rules.filter(rule => counts(agent, rule, isMemory))
  const today = run(rulesOf('suspect', true), holds('suspect'), new Set())
  const his = [...holds('suspect'), ...[...today].filter(node => kindOf.get(node) === 'secret')]
  const rules = { suspect: rulesOf('suspect', false), client: rulesOf('client', false) }
  const hers = holds('client')
  return (agent, taken) => run(rules[agent], agent === 'suspect' ? his : hers, taken)
}
