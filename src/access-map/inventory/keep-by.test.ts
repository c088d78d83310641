import { expect, test } from 'vitest'
import { liveWorld, tellOf } from '../../../test/support/lived-world.ts'
import { inventoryOf, thingOf } from '../../../test/support/story-inventory.ts'
import type { AccessMap } from '../../access-engine/reach/map.ts'
import { makeNaiveClosure } from '../../access-engine/reach/naive-closure.ts'
import { readMapValue } from '../../access-engine/reach/read-map.ts'
import { drawUpMap } from './draw-up-map.ts'
import { sayLost } from './find-lost.ts'
import type { Inventory } from './inventory.ts'
import { decideChange } from './inventory-change.ts'
import { findKeepBy } from './keep-by.ts'
import { loadCatalogue } from './load-catalogue.ts'

const { entries } = await loadCatalogue()

function keepBy(
  inventory: Inventory,
  told: Readonly<Record<number, string>>,
  now: string,
  zone = 'Europe/London',
) {
  const drawn = drawUpMap(inventory, entries)
  const madeAt = new Map(Object.entries(told).map(([revision, at]) => [Number(revision), new Date(at)]))
  return findKeepBy(drawn.map, drawn, inventory, { madeAt, zone, now: new Date(now) })
}
const added = (entry: string, number: number, addedIn?: number) => ({
  ...thingOf(entry, number),
  ...(addedIn === undefined ? {} : { addedIn }),
})

test('what goes by itself has a last whole day, counted from when its thing was put on the map, and stands first to go first', () => {
  const inventory = inventoryOf([
    added('blink', 1, 1),
    added('tesla', 2, 2),
    added('airtag', 3, 2),
    added('google-account', 4, 1),
    added('mailbox', 5, 1),
  ])
  const told = { 1: '2026-11-05T15:00:00Z', 2: '2026-12-01T15:00:00Z' }
  const found = keepBy(inventory, told, '2026-12-02T23:00:00Z')
  expect(found.map(({ thingId, by, isPast }) => [thingId, by, isPast])).toEqual([
    ['t3', '2026-12-02', false],
    ['t4', '2026-12-02', false],
    ['t1', '2026-12-04', false],
    ['t2', '2026-12-07', false],
  ])
  const later = keepBy(inventory, told, '2026-12-05T00:00:00Z')
  expect(later.map(({ thingId, isPast }) => [thingId, isPast])).toEqual([
    ['t3', true],
    ['t4', true],
    ['t1', true],
    ['t2', false],
  ])
})

test('the day is one of the clinic’s zone', () => {
  const inventory = inventoryOf([added('tesla', 1, 1)])
  const told = { 1: '2026-12-01T23:30:00Z' }
  const byIn = (zone: string) => keepBy(inventory, told, '2026-12-02T00:00:00Z', zone)[0]?.by
  expect([byIn('UTC'), byIn('Pacific/Auckland'), byIn('America/New_York')]).toEqual([
    '2026-12-07',
    '2026-12-08',
    '2026-12-07',
  ])
})

test('what says nothing of when it was put on the map counts from the first revision, and the day of asking again changes nothing', () => {
  const told = { 1: '2026-10-01T10:00:00Z', 2: '2026-11-20T10:00:00Z', 3: '2026-12-01T10:00:00Z' }
  const old = { ...added('blink', 1), changedIn: 3, askedIn: 3 }
  expect(keepBy(inventoryOf([old]), told, '2026-12-01T12:00:00Z')).toMatchObject([
    { by: '2026-10-30', isPast: true },
  ])
  // Put on the map by the page: the revision of that stays with it through every answer.
  const entry = entries.get('blink')
  if (!entry) throw new Error('blink')
  const first = decideChange(inventoryOf([]), 1, { kind: 'add', entries: [entry] })
  if (!first.allowed) throw new Error(first.because)
  const said = { owner: { belief: 'yes' as const, things: [] } }
  const answer = {
    kind: 'answer',
    thingId: 't1',
    seen: 2,
    label: 'Camera',
    note: '',
    basis: 'told',
    said,
  } as const
  const second = decideChange(first.inventory, 2, answer)
  if (!second.allowed) throw new Error(second.because)
  expect(second.inventory.things[0]).toMatchObject({ addedIn: 2, changedIn: 3 })
  expect(keepBy(second.inventory, told, '2026-12-01T12:00:00Z')[0]?.by).toBe('2026-12-19')
})

const lostMap = (more: object = {}): AccessMap => {
  const read = readMapValue({
    nodes: [{ id: 'account' }, { id: 'session' }, { id: 'key' }, { id: 'info:messages' }],
    rules: [
      { to: 'account', from: ['session'], who: 'client', unless: ['leave'] },
      { to: 'account', from: ['key'], who: 'client', unless: ['lock'] },
      { to: 'info:messages', from: ['account'], who: 'suspect', unless: ['leave'] },
    ],
    holds: { client: ['session'] },
    steps: [{ id: 'photograph', needs: ['account'] }, { id: 'leave' }, { id: 'lock' }],
    evidence: [{ id: 'list', weight: 5, preservedBy: ['photograph'] }],
    ...more,
  })
  if (!read.ok) throw new Error(JSON.stringify(read.findings))
  return read.map
}

test('S9 a step after which the client no longer gets to evidence counts as destroying it', () => {
  const losers = (map: AccessMap) =>
    sayLost(map).steps.flatMap(each => (each.destroys.length > 0 ? [each.id] : []))
  expect(losers(lostMap())).toEqual(['leave'])
  // With another path to it nothing is lost.
  expect(losers(lostMap({ holds: { client: ['session', 'key'] } }))).toEqual([])
})

test('S9 in no household does a step take the client’s path to evidence without counting as its loss', () => {
  let paths = 0
  for (let seed = 1; seed <= 40; seed += 1) {
    const { map } = drawUpMap(tellOf(liveWorld(seed, entries), 0.3, seed), entries)
    const closure = makeNaiveClosure(map, 'possible')
    const needs = new Map(map.steps.map(each => [each.id, each.needs]))
    const canKeep = (held: ReadonlySet<string>, preservedBy: readonly string[]) =>
      preservedBy.some(step => needs.get(step)?.every(node => held.has(node)))
    const before = closure('client', new Set())
    for (const step of map.steps) {
      const after = closure('client', new Set([step.id]))
      for (const { id, preservedBy } of map.evidence) {
        if (preservedBy.includes(step.id) || !canKeep(before, preservedBy)) continue
        paths += 1
        if (!canKeep(after, preservedBy))
          expect([seed, step.id, step.destroys.includes(id)]).toEqual([seed, step.id, true])
      }
    }
  }
  expect(paths).toBeGreaterThan(1000)
})
