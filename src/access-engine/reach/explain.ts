import type { AccessMap, Agent, Belief, MapRule } from './map.ts'
import type { Reached } from './reach.ts'

const sure: Readonly<Record<Belief, string>> = {
  known: '',
  suspected: ' (suspected)',
  possible: ' (possible)',
}

/**
 * A path as a chain of sentences, each of which stands on the ones before it. Who is spoken of is said as the caller
 * wants it, because on a page that somebody may look over, “he” is enough.
 */
export function sayPath(
  map: AccessMap,
  reached: Reached,
  who = 'He',
  agent: Agent = 'suspect',
): readonly string[] {
  const labels = new Map(map.nodes.map(node => [node.id, node.label]))
  const label = (id: string): string => labels.get(id) ?? id
  if (reached.path.length === 0)
    return [`${who} holds ${label(reached.node)} already${sure[reached.belief]}.`]
  const sentences = reached.path.map(rule => sayRule(rule, label, who))
  const ground = map.holds[agent].find(holding => holding.node === reached.path[0]?.from[0])?.ground
  if (ground !== undefined) sentences.unshift(`Ground: ${ground}.`)
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
