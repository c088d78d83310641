import { expect, test } from 'vitest'
import { inventoryOf, thingOf } from '../../../test/support/story-inventory.ts'
import { findReach } from '../../access-engine/reach/reach.ts'
import { findChannelVerdicts } from '../inventory/channel-verdicts.ts'
import { drawUpMap } from '../inventory/draw-up-map.ts'
import type { BeliefAnswer, InventoryStatement, Thing } from '../inventory/inventory.ts'
import { loadCatalogue } from '../inventory/load-catalogue.ts'
import { findCurrentMap, findMapOfChannels, type LockOut } from '../lock-out/lock-out.ts'
import { emptyLockOut } from '../lock-out/take-plan.ts'
import { makeCarrierFinder } from './carriers.ts'

const { entries } = await loadCatalogue()

/** A thing of which everything was answered with no, but for what is said here. */
function told(entry: string, number: number, said: Readonly<Record<string, BeliefAnswer>>): Thing {
  const answers: Record<string, { told: InventoryStatement }> = {}
  for (const { id } of entries.get(entry)?.questions ?? [])
    answers[id] = { told: { belief: said[id] ?? 'no', things: [] } }
  return { ...thingOf(entry, number), answers, channels: [`c${String(number)}`] }
}

/** A plan of which these steps are done. */
const doneOf = (...steps: readonly string[]): LockOut => ({
  ...emptyLockOut,
  order: [...steps],
  cards: steps.map((step, index) => ({
    cardId: `00000000-0000-4000-8000-00000000000${String(index)}` as LockOut['cards'][number]['cardId'],
    step,
    label: step,
    state: { is: 'done', on: '2026-03-02', at: '2026-03-02T10:00:00.000Z', byName: 'A' },
    reactions: [],
    changedIn: 1,
  })),
})

const habits: readonly (readonly [string, string, string])[] = [
  ['people', 'tell-less', 'location'],
  ['cameras-of-others', 'stay-out-of-sight', 'location'],
  ['hidden-microphone', 'speak-elsewhere', 'voice'],
  ['public-footprint', 'ask-others', 'location'],
  ['tablet', 'keep-away', 'location'],
]

test('S1 a habit makes no channel safe, however long ago it was ticked as done', () => {
  let counted = 0
  for (const [entry, act] of habits.filter(([each]) => each !== 'tablet')) {
    const said = Object.fromEntries(
      (entries.get(entry)?.questions ?? []).map(({ id }) => [id, 'yes' as const]),
    )
    const inventory = inventoryOf([told(entry, 1, said)])
    const drawn = drawUpMap(inventory, entries)
    const others = drawn.map.steps.filter(({ id }) => !id.startsWith(act) && !drawn.habits.has(id))
    const step = `${act}:t1`
    expect(drawn.habits.has(step), step).toBe(true)
    const verdict = (lockOut: LockOut | null) =>
      findChannelVerdicts(inventory, {
        moment: new Date('2026-03-03'),
        madeAt: () => new Date('2026-03-02'),
        draw: each => findMapOfChannels(drawUpMap(each, entries), lockOut),
        catalogue: entries,
        before: new Map(),
      })[0]?.verdict
    expect([entry, verdict(null), verdict(doneOf(step))]).toEqual([entry, 'observable', 'observable'])
    // What is no habit counts.
    counted += others.length
    const closes = (id: string) =>
      findReach(findCurrentMap(drawn.map, doneOf(id)), 'possible').length <
      findReach(drawn.map, 'possible').length
    for (const { id } of others.filter(each => closes(each.id)))
      expect(findReach(findMapOfChannels(drawn, doneOf(id)), 'possible')).toEqual(
        findReach(findCurrentMap(drawn.map, doneOf(id)), 'possible'),
      )
    expect(drawn.told.get(step)?.ready).toContain('closes nothing for certain')
  }
  expect(counted).toBeGreaterThan(3)
})

test('what a habit is about still carried what was known, after the day on which it was ticked', () => {
  for (const [entry, act, kind] of habits) {
    const said = Object.fromEntries(
      (entries.get(entry)?.questions ?? []).map(({ id }) => [id, 'yes' as const]),
    )
    const inventory = inventoryOf([told(entry, 1, said)])
    const drawn = drawUpMap(inventory, entries)
    const step = `${act}:t1`
    const finder = makeCarrierFinder(drawn, inventory, entries, [{ step, on: '2026-03-02' }])
    const day = { kind: kind as 'location' | 'voice', on: '2026-03-20', situations: [] }
    expect([entry, drawn.habits.has(step), finder(day).has('t1')]).toEqual([entry, true, true])
  }
})
