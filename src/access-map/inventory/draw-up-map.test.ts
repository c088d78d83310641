import { afterAll, expect, test } from 'vitest'
import { inventoryOf, inventoryOfStory, thingOf } from '../../../test/support/story-inventory.ts'
import { startHighs } from '../../access-engine/plan/highs-solver.ts'
import { planLockOutInOrder } from '../../access-engine/plan/lock-out-plan.ts'
import { findReach } from '../../access-engine/reach/reach.ts'
import { knownPersonMap, strangerMap } from '../../app/demo/map-stories.ts'
import { drawUpMap } from './draw-up-map.ts'
import { loadCatalogue } from './load-catalogue.ts'

const { entries } = await loadCatalogue()
const solver = startHighs()
afterAll(() => solver.end())

test('an entry about which nothing is known is as open as it can be, and can be closed completely in a safe order', async () => {
  for (const entry of entries.values()) {
    const { map, gaps } = drawUpMap(inventoryOf([thingOf(entry.id, 1)]), entries)
    expect(gaps).toEqual([])
    const reached = findReach(map, 'possible').map(each => each.node)
    expect(
      reached.some(node => node.startsWith('info:')),
      `${entry.id} gives nothing away`,
    ).toBe(true)
    const answer = await planLockOutInOrder(map, solver)
    expect([entry.id, answer.ok, answer.blocks]).toEqual([entry.id, true, []])
  }
}, 120_000)

test('an entry for which every answer is no gives nothing away', () => {
  for (const entry of entries.values()) {
    const answers = Object.fromEntries(
      entry.questions.map(question => [question.id, { told: { belief: 'no' as const, things: [] } }]),
    )
    const { map } = drawUpMap(inventoryOf([{ ...thingOf(entry.id, 1), answers }]), entries)
    const open = findReach(map, 'possible').filter(each => each.node.startsWith('info:'))
    expect([entry.id, open.map(each => each.path.map(rule => rule.how))]).toEqual([entry.id, []])
  }
})

test('both invented clients can be locked out in a safe order, and keep what is theirs', async () => {
  for (const story of [knownPersonMap, strangerMap]) {
    const { map } = drawUpMap(inventoryOfStory(story.things), entries)
    const answer = await planLockOutInOrder(map, solver, { limit: 20_000 })
    expect([answer.ok, answer.blocks]).toEqual([true, []])
    const after = findReach(map, 'possible', { taken: answer.order }).map(each => each.node)
    expect(after.filter(node => node.startsWith('info:'))).toEqual([])
    const ofClient = new Set(
      findReach(map, 'possible', { agent: 'client', taken: answer.order }).map(each => each.node),
    )
    expect(map.keep.filter(node => !ofClient.has(node))).toEqual([])
  }
}, 120_000)

test('a thing whose kind left the catalogue leaves a gap that is reported', () => {
  const { map, gaps } = drawUpMap(inventoryOf([thingOf('pigeon', 1), thingOf('phone', 2)]), entries)
  expect(gaps.map(gap => gap.thingId)).toEqual(['t1'])
  expect(map.nodes.some(node => node.id === 't2')).toBe(true)
})

test('a map with nothing in it is a map, and gives nothing away', () => {
  const { map } = drawUpMap(inventoryOf([]), entries)
  expect(findReach(map, 'possible').map(each => each.node)).toEqual(['person:suspect'])
})
