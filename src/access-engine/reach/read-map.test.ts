import { expect, test } from 'vitest'
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
    'steps[2].cost.efort unknown-field',
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
  expect(findingsOf({ sources: [] })).toEqual(['sources unknown-field', 'nodes missing'])
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

test('a field that is not known is a finding wherever it stands, and says which was meant', () => {
  const say = (value: unknown): readonly string[] => {
    const read = readMapValue(value)
    return read.ok ? [] : read.findings.map(({ place, message }) => `${place} ${message}`)
  }
  // Read as a step that is not noticed, it told the suspected person at once.
  expect(say({ nodes: [], steps: [{ id: 's', alert: true }] })).toEqual([
    'steps[0].alert is no field of a step. Did you mean “alerts”?',
  ])
  expect(say({ nodes: [], protct: ['info:location'] })).toEqual([
    'protct is no field of a map. Did you mean “protect”?',
  ])
  expect(say({ nodes: [], steps: [{ id: 's', cost: { effort: 1, alerts: true } }] })).toEqual([
    'steps[0].cost.alerts is no field of a cost, but of a step',
  ])
  expect(say({ nodes: [{ id: 'a', colour: 'red' }] })).toEqual([
    'nodes[0].colour is no field of a node, which has id, kind, label',
  ])
  const long = 'x'.repeat(100_000)
  expect(say({ nodes: [], [long]: 1, 'a.b\n': 1 })[1]).toContain('["a.b\\n"] is no field of a map')
  expect(say({ nodes: [], [long]: 1 })[0]?.length).toBeLessThan(400)
})

test('a field that stands twice is a finding, however it is written', () => {
  const read = readMap(
    '{"nodes":[{"id":"a"},{"id":"b"}],"steps":[{"id":"s","alerts":true,"label":"\\"}],\\\\","al\\u0065rts":false}]}',
  )
  expect(!read.ok && read.findings).toEqual([
    { place: 'steps[0].alerts', code: 'twice', message: 'is there twice' },
  ])
})

test('what a map says of itself must hold together', () => {
  const found = findingsOf({
    nodes: [{ id: 'a' }, { id: 'half \ud800' }],
    rules: [
      { to: 'a', from: [], since: '2026-03-02', until: '2026-03-01' },
      { to: 'a', from: [], since: '2026-02-41' },
    ],
    channels: ['a', { id: 'a', content: 'a' }],
    sharedCosts: [{ id: 'c' }, { id: 'c' }],
    holds: null,
  })
  expect(found).toEqual([
    'nodes[1].id broken-text',
    'rules[1].since wrong-shape',
    'holds wrong-shape',
    'sharedCosts[1].id twice',
    'channels[1].id twice',
    'rules[0].until contradiction',
  ])
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
  // Some of each kind, and how many more there are: nobody reads two hundred thousand.
  expect(!wrong.ok && [wrong.findings.length, wrong.findings.at(-1)]).toEqual([
    201,
    { place: 'file', code: 'more', message: `has ${2 * count - 200} more findings, which are not listed` },
  ])
})

test('S9 a step that does not say whether it is noticed counts as noticed, and the reading says how many there are', () => {
  const read = (...steps: readonly Record<string, unknown>[]) => {
    const map = readMapValue({ nodes: [{ id: 'a' }], steps, evidence: [{ id: 'e', weight: 1 }] })
    if (!map.ok) throw new Error(JSON.stringify(map.findings))
    return { alerts: map.map.steps.map(each => each.alerts), unsaid: map.unsaid }
  }
  const whole = { needs: [], exposes: [], destroys: [] }
  const quiet = { ...whole, id: 'quiet', alerts: false }
  expect(read(quiet)).toEqual({ alerts: [false], unsaid: [] })
  const silent = ['s', 't', 'u'].map(id => ({ ...whole, id }))
  expect(read(quiet, ...silent)).toEqual({
    alerts: [false, true, true, true],
    unsaid: ['3 steps do not say whether they are noticed: counted as noticed.'],
  })
  expect(read({ ...whole, id: 's' }).unsaid).toEqual([
    '1 step does not say whether it is noticed: counted as noticed.',
  ])
})

test('what has no worse case that could be named is counted as none, and said', () => {
  const read = readMapValue({
    nodes: [{ id: 'a' }, { id: 'b' }],
    steps: [{ id: 's', alerts: true, destroys: ['e'] }],
    evidence: [{ id: 'e' }],
    channels: ['a', { content: 'b', fact: null }],
  })
  expect(read.ok && read.unsaid).toEqual([
    '1 step leaves out needs, exposes or destroys: counted as none, which is the kinder case.',
    '1 piece of evidence has no weight: losing it counts for nothing.',
    '1 channel does not say where it is seen that there was contact: judged by what is said on it alone.',
  ])
})
