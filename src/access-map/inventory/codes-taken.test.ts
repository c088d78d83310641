import { readFile } from 'node:fs/promises'
import { afterAll, expect, test } from 'vitest'
import {
  getsCode,
  type LivedWorld,
  liveAsClient,
  liveWorld,
  tellOf,
} from '../../../test/support/lived-world.ts'
import { inventoryOf, thingOf } from '../../../test/support/story-inventory.ts'
import { startHighs } from '../../access-engine/plan/highs-solver.ts'
import { planLockOutInOrder } from '../../access-engine/plan/lock-out-plan.ts'
import type { Belief } from '../../access-engine/reach/map.ts'
import { findReach } from '../../access-engine/reach/reach.ts'
import { findBlocksAtAnyHour } from '../lock-out/card-gate.ts'
import { findAskNext } from '../picture/ask-next.ts'
import { findPath } from '../picture/find-path.ts'
import { drawReach } from '../picture/picture-of-reach.ts'
import { parseCatalogueEntry } from './catalogue-entry.ts'
import { drawUpMap } from './draw-up-map.ts'
import type { BeliefAnswer, InventoryStatement, Thing } from './inventory.ts'
import { loadCatalogue } from './load-catalogue.ts'

const { entries } = await loadCatalogue()
const solver = startHighs()
afterAll(() => solver.end())

type Said = Readonly<Record<string, BeliefAnswer | readonly string[]>>

/** A thing of which everything was asked, and answered no but for what is said here. */
function told(entry: string, number: number, said: Said = {}): Thing {
  const answers: Record<string, { told: InventoryStatement }> = {}
  for (const { id } of entries.get(entry)?.questions ?? []) {
    const answer = said[id] ?? 'no'
    const things = typeof answer === 'string' ? [] : [...answer]
    answers[id] = { told: { belief: typeof answer === 'string' ? answer : 'yes', things } }
  }
  return { ...thingOf(entry, number), answers }
}
const draw = (...things: readonly Thing[]) => drawUpMap(inventoryOf(things), entries)
type Drawn = ReturnType<typeof draw>
const reachOf = ({ map }: Drawn, taken: readonly string[] = [], level: Belief = 'possible') =>
  new Set(findReach(map, level, { taken }).map(each => each.node))
async function planFor({ map }: Drawn) {
  const { ok, order, stillReached } = await planLockOutInOrder(map, solver, { limit: 20_000 })
  expect(ok).toBe(true)
  return { order, open: stillReached.map(each => each.node) }
}
const comeBefore = (order: readonly string[], ...steps: readonly string[]): void => {
  const places = steps.map(step => order.indexOf(step))
  expect(places, `${steps.join(', ')} in ${order.join(' ')}`).not.toContain(-1)
  expect(places).toEqual(places.toSorted((one, other) => one - other))
}

test('S9 codes that come to the suspected person are taken from them, though nothing else is open to them', async () => {
  const places: readonly (readonly [string, Said])[] = [
    ['number', { theirs: 'yes' }],
    ['mailbox', { theirs: 'yes' }],
    ['child-device', { 'to-and-fro': 'yes' }],
  ]
  for (const [place, said] of places)
    for (const entry of ['bank', 'google-account', 'social-account', 'mailbox'] as const) {
      const things = [
        told('phone', 3),
        told(place, 1, said),
        told(entry, 2, { devices: ['t3'], codes: ['t1'] }),
      ]
      const drawn = draw(...things)
      expect([entry, reachOf(drawn).has('t2'), reachOf(drawn, [], 'known').has('info:codes')]).toEqual([
        entry,
        false,
        true,
      ])
      const reached = findReach(drawn.map, 'possible')
      const picture = drawReach(drawn, inventoryOf(things), reached)
      expect(picture.nodes.find(each => each.id === 't2')?.belief, entry).toBe('known')
      const path = findPath(drawn, picture, reached, 'info-codes')
      expect(path?.sentences.join(' '), entry).toContain('reads the code that comes to')
      const { order, open } = await planFor(drawn)
      comeBefore(order, 'two-step:t2', 'see-codes:t2')
      expect(open.filter(node => !node.startsWith('info:on-'))).toEqual([])
      expect([entry, reachOf(drawn, order).has('info:codes')]).toEqual([entry, false])
      expect(
        reachOf(
          drawn,
          order.filter(step => step !== 'see-codes:t2'),
        ).has('info:codes'),
      ).toBe(true)
      for (const [index] of order.entries()) {
        const taken = order.slice(0, index + 1)
        const client = findReach(drawn.map, 'possible', { agent: 'client', taken }).map(each => each.node)
        expect(client, `${entry} after ${taken.join(' ')}`).toContain('t2')
      }
    }
})

test('S9 what is only suspected or not known of the place of codes is planned for as well', async () => {
  for (const [answer, level, below] of [
    ['yes', 'known', null],
    ['probably', 'suspected', 'known'],
    ['unknown', 'possible', 'suspected'],
  ] as const) {
    const drawn = draw(told('number', 1, { diverted: answer }), told('bank', 2, { codes: ['t1'] }))
    expect([answer, reachOf(drawn, [], level).has('info:codes')]).toEqual([answer, true])
    if (below) expect([answer, reachOf(drawn, [], below).has('info:codes')]).toEqual([answer, false])
    const { order } = await planFor(drawn)
    expect([answer, reachOf(drawn, order).has('info:codes')]).toEqual([answer, false])
  }
})

test('S9 where nobody was asked where the codes come, they count as the suspected person’s until somebody has looked', async () => {
  const things = [told('phone', 1), told('mailbox', 2, { devices: ['t1'], codes: 'unknown' })]
  const drawn = draw(...things)
  expect([reachOf(drawn).has('info:codes'), reachOf(drawn, [], 'suspected').has('info:codes')]).toEqual([
    true,
    false,
  ])
  const [first] = findAskNext(drawn, inventoryOf(things), entries)
  expect(first).toMatchObject({ thingId: 't2', question: 'codes', closes: ['info:codes'] })
  const { order } = await planFor(drawn)
  // A look, and no new second step for every account of a household.
  expect(order).toEqual(['find-codes:t2'])
  expect(reachOf(drawn, order).has('info:codes')).toBe(false)
  // What the look finds counts from then on: the look closes no place that was named.
  const found = draw(
    told('phone', 1),
    told('mailbox', 2, { devices: ['t1'], codes: ['t3'] }),
    told('number', 3, { theirs: 'yes' }),
  )
  expect(reachOf(found, ['find-codes:t2']).has('info:codes')).toBe(true)
  expect((await planFor(found)).order).not.toContain('find-codes:t2')
  expect(reachOf(draw(told('mailbox', 2, { codes: 'no' }))).has('info:codes')).toBe(false)
})

test('S9 codes are moved only with a code from where they come today, or after the maker let the client in', async () => {
  const drawn = (theirs: BeliefAnswer) =>
    draw(
      told('number', 1, { theirs }),
      told('phone', 2),
      told('bank', 3, { codes: ['t1'], devices: ['t2'], 'signed-in': 'yes', password: 'yes' }),
    )
  const { order } = await planFor(drawn('yes'))
  comeBefore(order, 'regain:t3.t1', 'two-step:t3', 'sign-out-others:t3')
  const blocks = ({ map }: Drawn, left: readonly string[]) =>
    findBlocksAtAnyHour(map, left).get('two-step:t3')?.blocks
  expect(blocks(drawn('yes'), ['two-step:t3'])).toContainEqual({
    because: 'client-lacks',
    about: ['t3.code-to-renew'],
  })
  expect(blocks(drawn('no'), ['two-step:t3'])).not.toContainEqual(
    expect.objectContaining({ because: 'client-lacks' }),
  )
  expect((await planFor(drawn('no'))).order).not.toContain('regain:t3.t1')
  // Signing in on the phone is not enough, and a step that rests on the suspected person’s help is none.
  for (const { id, label } of drawn('yes').map.steps) expect(label, id).not.toMatch(/their help/)
})

test('where a source says that no code is asked for, moving the codes asks for none', async () => {
  const file = new URL('./catalogue/bank.json', import.meta.url)
  const bank = JSON.parse(await readFile(file, 'utf8'))
  const sources = [{ of: 'A page', kind: 'maker', readOn: '2026-02-03' }]
  const needs = (takesCode: boolean | undefined) => {
    bank.mechanism.facts.acts = { 'two-step': { sources, ...(takesCode === undefined ? {} : { takesCode }) } }
    const read = parseCatalogueEntry('bank', bank)
    if (!read.ok) throw new Error(JSON.stringify(read.findings))
    const things = inventoryOf([told('number', 1, { theirs: 'yes' }), told('bank', 2, { codes: ['t1'] })])
    const { map } = drawUpMap(things, new Map(entries).set('bank', read.entry))
    const client = new Set(findReach(map, 'possible', { agent: 'client' }).map(each => each.node))
    return client.has('t2.code-to-renew')
  }
  expect([needs(undefined), needs(true), needs(false)]).toEqual([false, false, true])
})

test('S9 what makes the codes stays copied when the device is clean or the paper is gone: only another second step ends it', async () => {
  for (const [place, said, cleaning] of [
    ['phone', { watched: 'yes' }, ['clean-it:t1', 'see-clean:t1', 'change-passcode:t1']],
    ['phone', { watched: 'yes' }, ['replace-it:t1']],
    ['computer', { hands: 'yes', passcode: 'yes' }, ['change-passcode:t1']],
    ['notebook', { reads: 'yes' }, ['move-it:t1']],
    ['password-manager', { 'signed-in': 'yes' }, ['sign-out-others:t1', 'see-signed-out:t1']],
  ] as const) {
    const drawn = draw(told(place, 1, said), told('bank', 2, { codes: ['t1'] }))
    const has = (...taken: readonly string[]) => reachOf(drawn, taken).has('info:codes')
    expect([place, has(), has(...cleaning), has(...cleaning, 'two-step:t2')]).toEqual([
      place,
      true,
      true,
      true,
    ])
    expect([place, has(...cleaning, 'two-step:t2', 'see-codes:t2')]).toEqual([place, false])
    const { order } = await planFor(drawn)
    comeBefore(order, 'two-step:t2', 'see-codes:t2')
    expect([place, reachOf(drawn, order).has('info:codes')]).toEqual([place, false])
    const shut = draw(told(place, 1), told('bank', 2, { codes: ['t1'] }))
    expect([place, reachOf(shut).has('t2.second-step')]).toEqual([place, false])
  }
})

test('S9 a new second step is set up only once nobody sees into the device on which the account is open', async () => {
  const drawn = draw(
    told('phone', 1, { watched: 'yes' }),
    told('bank', 2, { codes: ['t1'], devices: ['t1'] }),
  )
  const has = (...taken: readonly string[]) => reachOf(drawn, taken).has('t2.second-step')
  expect([
    has('two-step:t2', 'see-codes:t2'),
    has('clean-it:t1', 'see-clean:t1', 'two-step:t2', 'see-codes:t2'),
  ]).toEqual([true, false])
  const { order } = await planFor(drawn)
  const closing = order.find(step => /^(see-clean|replace-it|close-on)/.test(step)) ?? ''
  comeBefore(order, closing, 'two-step:t2', 'see-codes:t2')
})

/** What the client has done in life once these steps of the map are taken. */
function doneBy(world: LivedWorld, taken: readonly string[]) {
  const of = (act: string) =>
    new Set(taken.filter(step => step.startsWith(`${act}:`)).map(step => step.slice(act.length + 1)))
  const regained = new Set([...of('regain')].map(id => id.replace(/\..*$/, '')))
  const done = {
    changed: of('change-password'),
    signedOut: of('sign-out-others'),
    stepped: of('two-step'),
    replaced: of('replace-it'),
    regained,
  }
  return { done, open: liveAsClient(world, done) }
}

test('S9 in plans for households as they are, codes are moved only where the client gets one in life, and none is left with the suspected person', async () => {
  let moved = 0
  let regained = 0
  for (let seed = 1; seed <= 40; seed += 1) {
    const world = liveWorld(seed, entries, 0.5)
    const { map } = drawUpMap(tellOf(world, 0, seed), entries)
    const { ok, order } = await planLockOutInOrder(map, solver, { limit: 20_000 })
    if (!ok) continue
    for (const [index, step] of order.entries()) {
      if (!step.startsWith('two-step:')) continue
      const id = step.slice('two-step:'.length)
      const { done, open } = doneBy(world, order.slice(0, index))
      moved += 1
      if (done.regained.has(id)) regained += 1
      expect([seed, step, getsCode(world, open, id) || done.regained.has(id)]).toEqual([seed, step, true])
    }
    const after = findReach(map, 'possible', { taken: order }).map(each => each.node)
    expect([seed, after.includes('info:codes')]).toEqual([seed, false])
  }
  expect(moved).toBeGreaterThan(20)
  expect(regained).toBeGreaterThan(5)
}, 120_000)
