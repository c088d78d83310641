import { expect, test } from 'vitest'
import { makeChance } from '../../../test/support/chance.ts'
import { makeHousehold } from '../../../test/support/made-household.ts'
import { makeMap } from '../../../test/support/made-map.ts'
import { carryOut } from './carry-out.ts'
import type { AccessMap, Agent } from './map.ts'
import { makeNaiveClosure } from './naive-closure.ts'
import { readMapValue } from './read-map.ts'

/** Maps by chance, each with some of its steps in some order, and a few more to come. */
function* histories(): Generator<{ map: AccessMap; done: readonly string[]; next: readonly string[] }> {
  for (let seed = 1; seed <= 80; seed += 1) {
    const chance = makeChance(seed * 31)
    const map =
      seed % 10 === 0
        ? makeHousehold(seed, 60)
        : makeMap(seed, { nodes: 5 + (seed % 9), rules: 8 + (seed % 20), steps: 3 + (seed % 6) })
    const steps = map.steps.map(step => step.id)
    const done = chance.some(steps, 4)
    yield {
      map,
      done,
      next: chance.some(
        steps.filter(step => !done.includes(step)),
        3,
      ),
    }
  }
}

const held = (map: AccessMap, who: Agent, taken: readonly string[]) =>
  makeNaiveClosure(map, 'possible')(who, new Set(taken))

test('with steps done the client holds exactly what they would hold with them taken, now and after every further step', () => {
  for (const { map, done, next } of histories()) {
    const now = carryOut(map, done)
    expect(held(now, 'client', next)).toEqual(held(map, 'client', [...done, ...next]))
  }
})

test('with steps done the suspected person holds what they would hold with them taken, and every secret they could read meanwhile', () => {
  for (const { map, done, next } of histories()) {
    const now = carryOut(map, done)
    const ofSuspect = held(now, 'suspect', next)
    for (const node of held(map, 'suspect', [...done, ...next])) expect(ofSuspect).toContain(node)
    const secrets = map.nodes.filter(node => node.kind === 'secret').map(node => node.id)
    const read = secrets.filter(secret =>
      [...done, ''].some((_, many) => held(map, 'suspect', done.slice(0, many)).has(secret)),
    )
    for (const secret of read) expect(ofSuspect).toContain(secret)
    // Nothing else: if they have those secrets from the start, the two are the same.
    const knowing = {
      ...map,
      holds: {
        ...map.holds,
        suspect: [...map.holds.suspect, ...read.map(node => ({ node, belief: 'known' as const }))],
      },
    }
    expect(ofSuspect).toEqual(held(knowing, 'suspect', [...done, ...next]))
  }
})

test('what is done is no step any more, and nothing speaks of it', () => {
  for (const { map, done } of histories()) {
    const { steps, evidence, sharedCosts, rules, force } = carryOut(map, done)
    const spoken = [
      ...steps.flatMap(step => [step.id, ...step.after, ...step.requires.flat(), ...step.excludes]),
      ...rules.flatMap(rule => [...rule.unless, ...rule.if]),
      ...evidence.flatMap(each => each.preservedBy),
      ...sharedCosts.flatMap(each => each.any),
      ...force.in,
      ...force.out,
    ]
    expect(spoken.filter(step => done.includes(step))).toEqual([])
  }
})

test('evidence that is kept or gone is nothing to lose any more', () => {
  const map = makeHousehold(3, 60)
  const step = map.steps.find(each => each.destroys.length > 0)
  if (!step) throw new Error('this household has nothing to lose')
  const [evidence = ''] = step.destroys
  expect(carryOut(map, [], [evidence]).steps.find(each => each.id === step.id)?.destroys).not.toContain(
    evidence,
  )
  expect(carryOut(map, [step.id]).evidence.map(each => each.id)).not.toContain(evidence)
})

test('a password that was changed on a watched phone stays burnt when the phone is cleaned afterwards', () => {
  const read = readMapValue({
    nodes: [{ id: 'watcher' }, { id: 'watched' }, { id: 'secret:new', kind: 'secret' }, { id: 'account' }],
    rules: [
      { to: 'watched', from: ['watcher'], unless: ['clean'] },
      { to: 'secret:new', from: ['watched'], if: ['change'] },
      { to: 'account', from: ['secret:new'], if: ['change'] },
    ],
    holds: { suspect: ['watcher'], client: [] },
    steps: [{ id: 'change' }, { id: 'clean' }],
    protect: ['account'],
  })
  if (!read.ok) throw new Error(JSON.stringify(read.findings))
  expect(held(carryOut(read.map, ['change', 'clean']), 'suspect', [])).toContain('account')
  expect(held(carryOut(read.map, ['clean', 'change']), 'suspect', [])).not.toContain('account')
})
