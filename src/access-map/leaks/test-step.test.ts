import { expect, test } from 'vitest'
import { makeChance } from '../../../test/support/chance.ts'
import { liveWorld, tellOf } from '../../../test/support/lived-world.ts'
import { inventoryOf, thingOf } from '../../../test/support/story-inventory.ts'
import { makeNaiveClosure } from '../../access-engine/reach/naive-closure.ts'
import { drawUpMap } from '../inventory/draw-up-map.ts'
import type { Inventory, InventoryStatement, Thing } from '../inventory/inventory.ts'
import { loadCatalogue } from '../inventory/load-catalogue.ts'
import { findTestStep } from './test-step.ts'

const { entries } = await loadCatalogue()
const saysNobody = /^Nobody, as far as the map knows/

/** A household of which part was told, with some things that the client no longer has. Labels do not contain one another. */
function makeTold(seed: number): { readonly inventory: Inventory; readonly all: Inventory } {
  const chance = makeChance(seed)
  const told = tellOf(liveWorld(seed, entries), chance.pick([0, 0.1, 0.4]), seed)
  const all = { ...told, things: told.things.map(each => ({ ...each, label: `<${each.thingId}>` })) }
  return { all, inventory: { ...all, things: all.things.map(each => ({ ...each, isGone: chance.is(0.1) })) } }
}

/** The devices named as where a test is done, before those that are warned of. */
const namedIn = (where: string): readonly string[] =>
  where.startsWith('On ')
    ? [...(where.split(' Never on ')[0] ?? '').matchAll(/<(t\d+)>/g)].map(([, id]) => id ?? '')
    : []

test('S9 a test is never sent to a device that the suspected person sees into or the client no longer has, and the worse case where none is known', () => {
  let withPlace = 0
  let withNone = 0
  for (let seed = 1; seed <= 120; seed += 1) {
    const { inventory, all } = makeTold(seed)
    const drawn = drawUpMap(all, entries)
    // Judged with none of the code that says it.
    const reached = makeNaiveClosure(drawn.map, 'possible')('suspect', new Set())
    const isGone = new Set(inventory.things.filter(each => each.isGone).map(each => each.thingId))
    for (const thing of inventory.things)
      for (const method of ['check', 'decoy'] as const) {
        const { where, risk } = findTestStep(thing, method, inventory, drawn)
        const named = namedIn(where)
        for (const id of named)
          expect([reached.has(id), reached.has(`${id}.reports`), isGone.has(id)], `${seed} ${id}`).toEqual([
            false,
            false,
            false,
          ])
        if (named.length > 0) withPlace += 1
        else {
          withNone += 1
          expect(risk).toBeGreaterThan(0)
          expect(where).toMatch(/Agree on a (?:time and a )?place with an adviser first/)
        }
      }
  }
  expect(Math.min(withPlace, withNone)).toBeGreaterThan(100)
})

test('S9 a test of a thing is done where a step with it is taken, and told where looking at it is told', () => {
  let told = 0
  let quiet = 0
  for (let seed = 1; seed <= 120; seed += 1) {
    const { all } = makeTold(seed)
    const drawn = drawUpMap(all, entries)
    for (const thing of all.things) {
      const photographs = drawn.map.steps.find(each => each.id === `photograph-settings:${thing.thingId}`)
      if (!photographs) continue
      const { where, notices } = findTestStep(thing, 'check', all, drawn)
      expect([seed, thing.thingId, saysNobody.test(notices)]).toEqual([
        seed,
        thing.thingId,
        !photographs.alerts,
      ])
      const place = drawn.places.get(photographs.id)
      if (place) expect(namedIn(where)).toEqual(place === 'none-fit' ? [] : place.on)
      if (photographs.alerts) told += 1
      else quiet += 1
    }
  }
  expect(Math.min(told, quiet)).toBeGreaterThan(100)
})

/** A thing of which every question was answered: no, or as it is said here. */
function answered(
  entry: string,
  number: number,
  said: Readonly<Record<string, readonly string[]>> = {},
): Thing {
  const answers: Record<string, { told: InventoryStatement }> = {}
  for (const { id } of entries.get(entry)?.questions ?? [])
    answers[id] = { told: { belief: said[id] ? 'yes' : 'no', things: [...(said[id] ?? [])] } }
  return { ...thingOf(entry, number), answers, label: `<t${String(number)}>` }
}

test('S9 a device on which a password is only kept or a code only arrives is no place to open the account unseen', () => {
  for (const question of ['kept', 'codes'] as const) {
    const all = inventoryOf([answered('phone', 1), answered('mailbox', 2, { [question]: ['t1'] })])
    const drawn = drawUpMap(all, entries)
    expect(drawn.places.has('change-password:t2')).toBe(false)
    expect(findTestStep(all.things[1] as Thing, 'check', all, drawn).where).toContain('does not say where')
  }
  const all = inventoryOf([answered('phone', 1), answered('mailbox', 2, { devices: ['t1'] })])
  const drawn = drawUpMap(all, entries)
  expect(drawn.places.get('change-password:t2')).toEqual({ on: ['t1'] })
  expect(namedIn(findTestStep(all.things[1] as Thing, 'check', all, drawn).where)).toEqual(['t1'])
})

test('S9 who notices is the worse case for a thing that is not on the map', () => {
  const drawn = drawUpMap(inventoryOf([]), entries)
  const gone = answered('mailbox', 1)
  const { where, notices, risk } = findTestStep(gone, 'check', inventoryOf([gone]), drawn)
  expect(notices).toContain('Take it that the suspected person is told')
  expect(where).toContain('Agree on a place with an adviser first')
  expect(risk).toBeGreaterThan(0)
})
