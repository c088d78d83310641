import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inventoryOf, thingOf } from '../../../test/support/story-inventory.ts'
import { findNamedFor, type NamedFor } from './channel-carriers.ts'
import { findChannelVerdicts } from './channel-verdicts.ts'
import { drawUpMap } from './draw-up-map.ts'
import type { BeliefAnswer, InventoryStatement, Thing } from './inventory.ts'
import { loadCatalogue } from './load-catalogue.ts'

const { entries } = await loadCatalogue()
const kinds = [...entries.keys()]
const no: InventoryStatement = { belief: 'no', things: [] }
const yes = (...things: string[]): InventoryStatement => ({ belief: 'yes', things })

/** A thing of which everything was asked, and answered no but for what is said here. */
function told(entry: string, number: number, said: Readonly<Record<string, InventoryStatement>> = {}): Thing {
  const questions = entries.get(entry)?.questions ?? []
  const answers = Object.fromEntries(questions.map(({ id }) => [id, { told: said[id] ?? no }]))
  return { ...thingOf(entry, number), answers }
}
const tied = (thing: Thing): Thing => ({ ...thing, channels: ['c1'] })

const moment = new Date('2026-12-01T09:00:00Z')
function verdictOf(...things: readonly Thing[]) {
  const [verdict] = findChannelVerdicts(inventoryOf(things), {
    moment,
    madeAt: () => moment,
    draw: inventory => drawUpMap(inventory, entries).map,
    catalogue: entries,
    before: new Map(),
  })
  return verdict
}

/** The questions of things a kind has, and those that say where it rings or is read. */
const tiesOf = (kind: string) => (entries.get(kind)?.questions ?? []).filter(each => each.kind === 'things')
const readAt = (kind: string) =>
  tiesOf(kind).filter(each => (each.id === 'sim' || each.id === 'devices') && each.of.includes('phone'))
const isHeld = (kind: string): boolean =>
  entries.get(kind)?.nodes.some(each => each.id === '{}.in-hand') ?? false
/** Where a letter is left, which is read by whoever takes it up. */
const isHome = (kind: string): boolean => kind === 'property'

test('S1 a channel open on none of these is never safe, whatever kind of thing it goes through and whatever else is said of it', () => {
  const names = fc.constantFrom<readonly string[]>([], ['t2'], ['t3'])
  fc.assert(
    fc.property(
      fc.constantFrom(...kinds.filter(each => !isHeld(each) && !isHome(each))),
      fc.infiniteStream(names),
      fc.constantFrom<BeliefAnswer>('no', 'no', 'no', 'probably', 'unknown', 'yes'),
      (kind, named, belief) => {
        const said: Record<string, InventoryStatement> = { alone: { belief, things: [] } }
        for (const { id } of tiesOf(kind)) {
          const [things] = named.take(1)
          if (things?.length) said[id] = yes(...things)
        }
        for (const { id } of readAt(kind)) said[id] = no
        const others = [told('phone', 2), told('mailbox', 3, { alone: yes(), devices: yes('t2') })]
        expect(verdictOf(tied(told(kind, 1, said)), ...others)?.verdict, kind).not.toBe('not-observable')
      },
    ),
    { numRuns: 600 },
  )
})

test('S1 a channel is as safe as the device on which it is read: named, on the map, with answers of its own', () => {
  const safe: string[] = []
  for (const kind of kinds) {
    const [read] = readAt(kind)
    if (!read) continue
    const channel = tied(told(kind, 1, { [read.id]: yes('t2'), alone: yes() }))
    const with2 = (phone: Thing) => verdictOf(channel, phone)?.verdict
    if (with2(told('phone', 2)) !== 'not-observable') continue
    safe.push(kind)
    expect(with2({ ...told('phone', 2), isGone: true }), kind).toBe('unknown')
    expect(with2(told('phone', 2, { watched: yes() })), kind).toBe('observable')
    for (const question of ['watched', 'managed'])
      expect(with2(told('phone', 2, { [question]: { belief: 'unknown', things: [] } })), kind).toBe('unknown')
    // A phone of which nobody has asked anything, and one that is not on the map.
    expect(with2(thingOf('phone', 2)), kind).toBe('unknown')
    expect(verdictOf(channel)?.verdict, kind).toBe('unknown')
    // Tied to a home as well it is read on no device more than before.
    const closed = tied(told(kind, 1, { alone: yes() }))
    expect(verdictOf(closed, tied(told('property', 3)))?.verdict, kind).not.toBe('not-observable')
    expect(verdictOf(closed, tied(told('phone', 2)))?.verdict, kind).toBe('not-observable')
  }
  for (const kind of ['mailbox', 'messaging', 'whatsapp', 'number', 'ee', 'facebook', 'work-account'])
    expect(safe).toContain(kind)
})

test('S1 a letter goes to a home, and is safe where nobody else comes in or opens the post', () => {
  const home = (said: Readonly<Record<string, InventoryStatement>>) =>
    verdictOf(tied(told('property', 1, said)))?.verdict
  expect(home({})).toBe('not-observable')
  expect(home({ post: yes() })).toBe('observable')
  expect(home({ keys: yes() })).toBe('observable')
  expect(home({ post: { belief: 'unknown', things: [] } })).toBe('unknown')
})

test('S1 what must be named is said of every kind of thing, and why a channel is not safe names it', () => {
  const some = (need: NamedFor) => kinds.filter(kind => findNamedFor(entries.get(kind), entries) === need)
  expect(some('itself').filter(each => !isHeld(each))).toEqual(['property'])
  expect(some('sim').every(each => entries.get(each)?.mechanism === 'number')).toBe(true)
  expect(kinds.filter(each => entries.get(each)?.mechanism === 'account')).toEqual(
    some('devices').filter(each => entries.get(each)?.mechanism === 'account'),
  )
  expect(some('tie')).toEqual(expect.arrayContaining(['people', 'notebook', 'tracker', 'managed-device']))
  const why = (kind: string) => verdictOf(tied(told(kind, 1, { alone: yes() })))?.why
  expect(why('mailbox')).toMatch(/nobody has named a device on which it is read/)
  expect(why('number')).toMatch(/nobody has named the phone that holds its SIM/)
  expect(why('notebook')).toMatch(/nobody has said on which device that rings or is read/)
})
