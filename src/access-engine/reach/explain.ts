import type { AccessMap, Agent, Belief, MapRule } from './map.ts'
import type { Reached } from './reach.ts'

const sure: Readonly<Record<Belief, string>> = {
  known: '',
  suspected: ' (suspected)',
  possible: ' (possible)',
}

/**
 * A path as sentences, each resting on the ones before it. The caller chooses what the person is called. The default
 * says nothing, because somebody may be reading over the client's shoulder.
 */
export function sayPath(
  map: AccessMap,
  reached: Reached,
  who = 'Somebody',
  agent: Agent = 'suspect',
): readonly string[] {
  const labels = new Map(map.nodes.map(node => [node.id, node.label]))
  const label = (id: string): string => labels.get(id) ?? id
  if (reached.path.length === 0)
    return [`${who} holds ${label(reached.node)} already${sure[reached.belief]}.`]
  const sentences = reached.path.map(rule => sayRule(rule, label, who))
  const basis = map.holds[agent].find(holding => holding.node === reached.path[0]?.from[0])?.ground
  if (basis !== undefined) sentences.unshift(`Basis: ${basis}.`)
  return sentences
}

function sayRule(rule: MapRule, label: (id: string) => string, who: string): string {
  const means = rule.from.length > 0 ? `With ${listOf(rule.from.map(label))}, ${who.toLowerCase()}` : who
  return `${means} ${rule.how}, and so reaches ${label(rule.to)}${sure[rule.belief]}.`
}

function listOf(texts: readonly string[]): string {
  if (texts.length < 2) return texts.join('')
  return `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`
}
