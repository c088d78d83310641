import { expect, test } from 'vitest'
import { makeChance } from '../../../test/support/chance.ts'
import { makeHousehold } from '../../../test/support/made-household.ts'
import { makeMap } from '../../../test/support/made-map.ts'
import { findCheapestDerivation } from './cheapest-derivation.ts'
import { proofOf } from './closure.ts'
import { compileMap } from './compile-map.ts'
import { type AccessMap, beliefs } from './map.ts'
import { makeNaiveClosure } from './naive-closure.ts'
import { rowOf } from './program.ts'
import { findReach } from './reach.ts'
import { readMapValue } from './read-map.ts'

const households = [
  [1, 5],
  [2, 40],
  [3, 300],
  [4, 1000],
] as const

function takenBy(map: AccessMap, seed: number): Set<string> {
  const chance = makeChance(seed)
  return new Set(map.steps.filter(() => chance.is(0.4)).map(step => step.id))
}

function madeMaps(): AccessMap[] {
  const small = Array.from({ length: 60 }, (_, seed) =>
    makeMap(seed, { nodes: 5 + (seed % 20), rules: 8 + (seed % 40), steps: 6 }),
  )
  return [...small, ...households.map(([seed, size]) => makeHousehold(seed, size))]
}

test('the fast closure reaches exactly what the slow and plain one reaches, in every state', () => {
  for (const [index, map] of madeMaps().entries()) {
    for (const level of beliefs) {
      const compiled = compileMap(map, { level })
      const naive = makeNaiveClosure(map, level)
      for (const taken of [new Set<string>(), takenBy(map, index)]) {
        for (const agent of ['suspect', 'client'] as const) {
          const steps = [...taken].map(step => compiled.stepAt.get(step) ?? -1)
          const reach = compiled.closures[agent].run(steps)
          const found = reach.inOrder().map(node => compiled.nodes[node])
          expect(found.toSorted()).toEqual([...naive(agent, taken)].toSorted())
        }
      }
    }
  }
})

test('no node supports itself: every proof uses only what it has shown before', () => {
  for (const map of madeMaps()) {
    const compiled = compileMap(map, { level: 'possible' })
    const program = compiled.programs.suspect
    const reach = compiled.closures.suspect.run()
    for (const node of reach.inOrder()) {
      const shown = new Set(program.holds)
      for (const rule of proofOf(program, reach, node)) {
        expect([...rowOf(program.body, rule)].every(each => shown.has(each))).toBe(true)
        shown.add(program.head[rule] as number)
      }
      expect(shown.has(node)).toBe(true)
    }
  }
})

test('two mailboxes that recover each other give nobody either', () => {
  const read = readMapValue({
    nodes: [{ id: 'account:one' }, { id: 'account:two' }],
    rules: [
      { to: 'account:one', from: ['account:two'] },
      { to: 'account:two', from: ['account:one'] },
    ],
  })
  if (!read.ok) throw new Error('unusable')
  expect(findReach(read.map, 'possible')).toEqual([])
})

test('one more fact, or one more rule without guards, never takes anything away', () => {
  for (const [seed, map] of madeMaps().entries()) {
    const chance = makeChance(seed + 7)
    const naive = makeNaiveClosure(map, 'possible')('suspect', new Set())
    const node = chance.pick(map.nodes).id
    const rule = {
      to: node,
      from: [chance.pick(map.nodes).id],
      how: '',
      unless: [],
      if: [],
      belief: 'known',
      who: 'anyone',
    } as const
    const holds = { ...map.holds, suspect: [...map.holds.suspect, { node, belief: 'known' as const }] }
    for (const more of [
      { ...map, holds },
      { ...map, rules: [...map.rules, rule] },
    ]) {
      const reached = new Set(findReach(more, 'possible').map(each => each.node))
      expect([...naive].every(each => reached.has(each))).toBe(true)
    }
  }
})

test('a secret they could read stays known when the path to it is cut, and remembering twice changes nothing', () => {
  const read = readMapValue({
    nodes: [{ id: 'place:home' }, { id: 'secret:password' }, { id: 'account:mail' }],
    rules: [
      { to: 'secret:password', from: ['place:home'], how: 'reads the notebook', unless: ['hide'] },
      { to: 'account:mail', from: ['secret:password'], unless: ['change'] },
    ],
    holds: { suspect: ['place:home'] },
    steps: [{ id: 'hide' }, { id: 'change' }],
  })
  if (!read.ok) throw new Error('unusable')
  const after = (taken: readonly string[]) => findReach(read.map, 'known', { taken }).map(each => each.node)
  expect(after(['hide'])).toContain('account:mail')
  expect(after(['change'])).not.toContain('account:mail')
  for (const map of madeMaps()) {
    const once = compileMap(map, { level: 'possible' })
    const kept = [...once.remembered].map(node => ({
      node: once.nodes[node] ?? '',
      belief: 'known' as const,
    }))
    const again = compileMap(
      { ...map, holds: { ...map.holds, suspect: [...map.holds.suspect, ...kept] } },
      { level: 'possible' },
    )
    expect(again.remembered).toEqual(once.remembered)
    expect([...again.programs.suspect.holds]).toEqual([...once.programs.suspect.holds])
  }
})

test('a path is as sure as its weakest part, and the best path counts', () => {
  const read = readMapValue({
    nodes: [{ id: 'a' }, { id: 'b' }, { id: 'c' }],
    rules: [
      { to: 'c', from: ['a'], belief: 'possible', how: 'short' },
      { to: 'b', from: ['a'], belief: 'suspected', how: 'one' },
      { to: 'c', from: ['b'], how: 'two' },
    ],
    holds: { suspect: ['a'] },
  })
  if (!read.ok) throw new Error('unusable')
  const reached = findReach(read.map, 'possible')
  expect(reached.map(each => [each.node, each.belief])).toEqual([
    ['a', 'known'],
    ['b', 'suspected'],
    ['c', 'suspected'],
  ])
  expect(reached[2]?.path.map(rule => rule.how)).toEqual(['one', 'two'])
  const derivation = findCheapestDerivation(compileMap(read.map, { level: 'possible' }), 'suspect', 'c')
  expect(derivation?.map(rule => rule.how)).toEqual(['one', 'two'])
})

test('what was true until a day is over after it, and what they read by it is not forgotten', () => {
  const read = readMapValue({
    nodes: [{ id: 'home' }, { id: 'secret:pin' }, { id: 'info:plans' }],
    rules: [
      { to: 'secret:pin', from: ['home'], until: '2026-03-01' },
      { to: 'info:plans', from: ['home'], until: '2026-03-01' },
    ],
    holds: { suspect: ['home'] },
  })
  if (!read.ok) throw new Error('unusable')
  const on = (day: string) =>
    findReach(read.map, 'known', { on: day, taken: ['none'] }).map(each => each.node)
  expect(on('2026-02-28').toSorted()).toEqual(['home', 'info:plans', 'secret:pin'])
  expect(on('2026-03-02').toSorted()).toEqual(['home', 'secret:pin'])
})
