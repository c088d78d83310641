import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { makeHousehold } from '../../../test/support/made-household.ts'
import { findReach } from './reach.ts'
import { readMap, readMapValue } from './read-map.ts'

function findingsOf(value: unknown): readonly string[] {
  const read = readMapValue(value)
  return read.ok ? [] : read.findings.map(({ place, code }) => `${place} ${code}`)
}

test('everything wrong with a map is listed, not the first thing alone', () => {
  const found = findingsOf({
    version: 7,
    nodes: [{ id: 'a' }, { id: 'a' }, { label: 'nameless' }],
    rules: [
      { to: 'nowhere', from: ['a', 'gone'], unless: ['no-step'], belief: 'certain' },
      'not a rule',
      { to: 'a' },
    ],
    holds: { suspect: ['ghost'], client: 'everything' },
    steps: [
      { id: 's', cost: { effort: -1 }, alerts: 'yes', requires: [[]] },
      { id: 't', cost: { effort: 0.5 } },
      { id: 'u', cost: { efort: 1 } },
    ],
    protect: [{ node: 'a', price: 1.5 }],
    keep: {},
    evidence: [{ id: 'e', weight: 1e9 }],
    sharedCosts: [{ id: 'c', any: ['s', 'nobody'] }],
    force: { in: ['s'], out: ['s'] },
  })
  for (const expected of [
    'version wrong-shape',
    'nodes[1].id twice',
    'nodes[2].id missing',
    'rules[0].to unknown-id',
    'rules[0].from[1] unknown-id',
    'rules[0].unless[0] unknown-id',
    'rules[0].belief wrong-shape',
    'rules[1] wrong-shape',
    'rules[2].from missing',
    'holds.suspect[0] unknown-id',
    'holds.client wrong-shape',
    'steps[0].cost.effort negative',
    'steps[0].alerts wrong-shape',
    'steps[0].requires[0] missing',
    'steps[1].cost not-whole',
    'steps[2].cost.efort wrong-shape',
    'protect[0].price not-whole',
    'keep wrong-shape',
    'evidence[0].weight too-large',
    'sharedCosts[0].any[1] unknown-id',
    'force.in[0] contradiction',
  ])
    expect(found).toContain(expected)
})

test('what is no map at all is one finding', () => {
  expect(readMap('{"nodes": [')).toMatchObject({ ok: false, findings: [{ code: 'not-json' }] })
  expect(readMap('['.repeat(200_000))).toMatchObject({ ok: false })
  for (const value of [null, 3, 'map', [], true]) expect(findingsOf(value)).toEqual(['file wrong-shape'])
  // A file of another kind must not look like a map in which all is well.
  expect(findingsOf({ sources: [] })).toEqual(['nodes missing'])
})

test('a map with nothing in it can be used, and nobody reaches anything', () => {
  const read = readMapValue({ nodes: [] })
  expect(read.ok && findReach(read.map, 'possible')).toEqual([])
})

test('names that mean something to the language are names like any other', () => {
  const read = readMap(
    '{"nodes":[{"id":"__proto__"},{"id":"constructor"}],"rules":[{"to":"constructor","from":["__proto__"]}],"holds":{"suspect":["__proto__"]}}',
  )
  expect(read.ok && findReach(read.map, 'known').map(each => each.node)).toEqual(['__proto__', 'constructor'])
})

test('a field that is not known is passed over, and said', () => {
  const read = readMapValue({ nodes: [], protct: ['info:location'] })
  expect(read.ok && read.notes).toEqual(['There is no field “protct” in a map; it was passed over.'])
})

test('a tenth taken ten times is a whole number', () => {
  const read = readMapValue({
    nodes: [],
    steps: [{ id: 's', cost: { effort: 30 } }],
    weights: { effort: 0.1 },
  })
  expect(read.ok).toBe(true)
})

test('a hundred thousand rules, in a chain and in circles, are read and closed without a hang', () => {
  const count = 100_000
  const nodes = Array.from({ length: count }, (_, index) => ({ id: `n${index}` }))
  const rules = nodes.map((_, index) => ({ to: `n${(index + 1) % count}`, from: [`n${index}`] }))
  const read = readMap(JSON.stringify({ nodes, rules, holds: { suspect: ['n5'] } }))
  expect(read.ok && findReach(read.map, 'known').length).toBe(count)
  const wrong = readMap(JSON.stringify({ nodes: [], rules }))
  expect(!wrong.ok && wrong.findings.length).toBe(2 * count)
})

test('the schema that ships knows every field that the reader knows', () => {
  const schema = JSON.parse(readFileSync(new URL('../access-map.schema.json', import.meta.url), 'utf8'))
  expect(Object.keys(schema.properties).toSorted()).toEqual(
    [
      '$schema',
      'about',
      'channels',
      'evidence',
      'force',
      'holds',
      'keep',
      'nodes',
      'protect',
      'rules',
    ].concat(['sharedCosts', 'steps', 'title', 'version', 'weights']),
  )
  const map = makeHousehold(1, 40)
  expect(Object.keys(schema.$defs.step.properties).toSorted()).toEqual(
    Object.keys(map.steps[0] ?? {}).toSorted(),
  )
  expect(Object.keys(schema.$defs.rule.properties).toSorted()).toEqual(
    ['since', 'until', ...Object.keys(map.rules[0] ?? {})].toSorted(),
  )
})
