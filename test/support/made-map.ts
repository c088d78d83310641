import type { AccessMap } from '../../src/access-engine/reach/map.ts'
import { makeNaiveClosure } from '../../src/access-engine/reach/naive-closure.ts'
import { readMapValue } from '../../src/access-engine/reach/read-map.ts'
import { makeChance } from './chance.ts'

export type MadeMapShape = {
  readonly nodes: number
  readonly rules: number
  readonly steps: number
  readonly plain?: boolean
}

/**
 * A small map with nothing of a household in it: cycles, rules that need and refuse steps, alternatives, shared costs,
 * evidence, things kept, prices, forced steps and beliefs, all by chance. For judging one search by another.
 */
export function makeMap(seed: number, shape: MadeMapShape): AccessMap {
  const chance = makeChance(seed)
  const nodes = Array.from({ length: shape.nodes }, (_, index) => ({
    id: `n${index}`,
    kind: chance.is(0.15) ? 'secret' : 'thing',
    label: `thing ${index}`,
  }))
  const steps = Array.from({ length: shape.steps }, (_, index) => `s${index}`)
  const node = () => chance.pick(nodes).id
  const belief = () => chance.pick(['known', 'known', 'suspected', 'possible'] as const)
  const plain = shape.plain === true
  const rules = Array.from({ length: shape.rules }, () => ({
    to: node(),
    from: chance.some(nodes, 3).map(each => each.id),
    how: 'does it',
    unless: chance.is(0.85) ? chance.some(steps, 2) : [],
    if: chance.is(0.2) ? chance.some(steps, plain ? 1 : 2) : [],
    belief: belief(),
    who: chance.pick(['anyone', 'anyone', 'suspect', 'client'] as const),
  })).filter(rule => rule.from.length > 0)
  const evidence = Array.from({ length: 2 }, (_, index) => ({
    id: `e${index}`,
    weight: 1 + chance.below(6),
    preservedBy: chance.some(steps, 2),
  }))
  const holds = {
    suspect: [chance.pick(nodes), chance.pick(nodes), ...chance.some(nodes, 2)].map(each => ({
      node: each.id,
      belief: belief(),
    })),
    client: chance.some(nodes, 6).map(each => each.id),
  }
  const bare = { nodes, rules, holds, steps: steps.map(id => ({ id })) }
  const reach = (agent: 'suspect' | 'client'): string[] => {
    const read = readMapValue(bare)
    if (!read.ok) throw new Error(JSON.stringify(read.findings))
    return [...makeNaiveClosure(read.map, 'possible')(agent, new Set())]
  }
  // Mostly what the suspected person reaches and the client holds today, so that there is something to do; sometimes anything.
  const derived = reach('suspect').filter(id => !holds.suspect.some(each => each.node === id))
  const reached = derived.length > 0 && chance.is(0.9) ? derived : nodes.map(each => each.id)
  const held = chance.is(0.85) ? reach('client') : nodes.map(each => each.id)
  const read = readMapValue({
    nodes,
    rules,
    holds,
    steps: steps.map(id => ({
      id,
      cost: {
        effort: 1 + chance.below(6),
        money: chance.below(2),
        disruption: chance.below(2),
        risk: chance.below(2),
      },
      alerts: chance.is(0.4),
      needs: chance.is(0.4) ? chance.some(held, 1) : [],
      exposes: chance.is(0.4) ? chance.some(reached, 1) : [],
      after: chance.is(0.4) ? chance.some(steps, 1) : [],
      requires: chance.is(0.2) ? [chance.some(steps, 2)].filter(any => any.length > 0) : [],
      excludes: chance.is(0.1) ? chance.some(steps, 1) : [],
      destroys: chance.is(0.25) ? chance.some(evidence, 1).map(each => each.id) : [],
    })),
    protect: [...(chance.is(0.95) ? [chance.pick(reached)] : []), ...chance.some(reached, 2)].map(id =>
      chance.is(0.25) ? { node: id, price: 1 + chance.below(12) } : id,
    ),
    keep: chance.some(held, 2),
    evidence,
    sharedCosts: chance.is(0.5)
      ? [{ id: 'shared', cost: 1 + chance.below(5), any: chance.some(steps, 3) }]
      : [],
    weights: { effort: 1, money: 1, disruption: 2, risk: 3 },
    force: chance.is(0.15) ? { in: chance.some(steps, 1), out: [] } : {},
  })
  if (!read.ok) throw new Error(JSON.stringify(read.findings))
  return read.map
}
