import { expect, test } from 'vitest'
import { makeChance } from '../../../test/support/chance.ts'
import { inventoryOf, thingOf } from '../../../test/support/story-inventory.ts'
import type { Inventory, InventoryStatement, Thing } from '../inventory/inventory.ts'
import { loadCatalogue } from '../inventory/load-catalogue.ts'
import { proposeCarriers } from './carriers.ts'
import { drawUpLeakContext } from './leak-context.ts'
import { listReadingPlaces } from './reading-places.ts'

const { entries } = await loadCatalogue()

const on = (belief: InventoryStatement['belief'], ...things: readonly string[]) => ({
  told: { belief, things: [...things] },
})
const thing = (entry: string, number: number, answers: Thing['answers'] = {}): Thing => ({
  ...thingOf(entry, number),
  answers,
})

/** Two apps and a mailbox, a phone and a tablet; on which each is open is known of the first and of the mailbox. */
const household = inventoryOf([
  thing('phone', 1),
  thing('tablet', 2),
  thing('messaging', 3, { devices: on('yes', 't1') }),
  thing('messaging', 4),
  thing('mailbox', 5, { devices: on('yes', 't1', 't2') }),
  thing('stalkerware', 6, { device: on('yes', 't2') }),
  thing('car', 7),
])
const carriersOf = (inventory: Inventory, readAt: readonly string[]) =>
  proposeCarriers(drawUpLeakContext(inventory, entries).finder, {
    kind: 'message',
    on: '2026-03-03',
    situations: [],
    readAt,
  })

test('where a message was read is offered as finely as the map knows it', () => {
  expect(listReadingPlaces(household, entries).map(each => each.id)).toEqual([
    't3@t1',
    't4',
    't5@t1',
    't5@t2',
  ])
  const gone = inventoryOf(household.things.map(each => ({ ...each, isGone: each.thingId === 't5' })))
  expect(listReadingPlaces(gone, entries).map(each => each.id)).toContain('t5@t1')
})

test('a message carries through its own app, the devices that is open on, and what is on those', () => {
  const anywhere = carriersOf(household, [])
  for (const id of ['t1', 't2', 't3', 't4', 't5', 't6']) expect(anywhere).toContain(id)
  const onPhone = carriersOf(household, ['t3@t1'])
  expect(onPhone).toContain('t3')
  expect(onPhone).toContain('t1')
  for (const other of ['t2', 't4', 't5', 't6']) expect(onPhone, other).not.toContain(other)
  // The mailbox is open on the tablet too, and what watches the tablet reads it there.
  const mailbox = carriersOf(household, ['t5@t1'])
  for (const id of ['t1', 't2', 't5', 't6']) expect(mailbox).toContain(id)
  expect(mailbox).not.toContain('t3')
  // Nobody knows where the second app is open: every device and all that is on them may have carried it.
  const unknown = carriersOf(household, ['t4'])
  for (const id of ['t1', 't2', 't4', 't6']) expect(unknown).toContain(id)
  expect(unknown).not.toContain('t3')
})

test('a place that is named takes carriers away and adds none, and one more place never takes one away', () => {
  const ids = [...entries.keys()]
  let narrowed = 0
  for (let seed = 1; seed <= 40; seed += 1) {
    const chance = makeChance(seed)
    const things = Array.from({ length: 4 + chance.below(7) }, (_, index) =>
      thing(
        chance.is(0.6)
          ? chance.pick(['phone', 'tablet', 'messaging', 'mailbox', 'stalkerware'])
          : chance.pick(ids),
        index + 1,
      ),
    )
    const inventory = inventoryOf(
      things.map(each => ({
        ...each,
        answers: Object.fromEntries(
          (entries.get(each.entry)?.questions ?? []).flatMap(question =>
            question.kind === 'things' && chance.is(0.7)
              ? [
                  [
                    question.id,
                    on(
                      chance.pick(['yes', 'unknown'] as const),
                      ...chance.some(
                        things.filter(other => question.of.includes(other.entry)).map(other => other.thingId),
                        3,
                      ),
                    ),
                  ],
                ]
              : [],
          ),
        ),
      })),
    )
    const places = listReadingPlaces(inventory, entries).map(each => each.id)
    const all = carriersOf(inventory, [])
    const chosen = chance.some(places, 2)
    if (chosen.length === 0) continue
    const some = carriersOf(inventory, chosen)
    expect(some.filter(each => !all.includes(each))).toEqual([])
    if (some.length < all.length) narrowed += 1
    for (const more of places) {
      const wider = carriersOf(inventory, [...chosen, more])
      expect(some.filter(each => !wider.includes(each))).toEqual([])
    }
  }
  expect(narrowed).toBeGreaterThan(8)
})
