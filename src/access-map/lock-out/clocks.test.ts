import { expect, test } from 'vitest'
import { makeChance } from '../../../test/support/chance.ts'
import { inventoryOf, thingOf } from '../../../test/support/story-inventory.ts'
import { makeNaiveClosure } from '../../access-engine/reach/naive-closure.ts'
import { readMapValue } from '../../access-engine/reach/read-map.ts'
import { dayAt, firstMomentOf, overAt } from '../../foundation/calendar-day.ts'
import { type CardId, makeId } from '../../foundation/ids.ts'
import { drawUpMap } from '../inventory/draw-up-map.ts'
import { loadCatalogue } from '../inventory/load-catalogue.ts'
import { findCurrentMap, findDoneByDay, type LockOut, lockOutSchema } from './lock-out.ts'
import { decideLockOutChange, type LockOutDecision } from './lock-out-change.ts'
import { sayCardBlock } from './say-card-block.ts'

const { entries } = await loadCatalogue()
const hour = 60 * 60 * 1000
const act = 'change-recovery:t1'
const look = 'see-recovery:t1'

/** An account of which everything is in the client’s hands but the old mailbox behind it. */
function drawAccount(entry: string) {
  const answers = Object.fromEntries(
    (entries.get(entry)?.questions ?? []).map(({ id }) => [
      id,
      {
        told: {
          belief: id === 'recovery' ? ('yes' as const) : ('no' as const),
          things: id === 'recovery' ? ['t2'] : [],
        },
      },
    ]),
  )
  const mailbox = Object.fromEntries(
    (entries.get('mailbox')?.questions ?? []).map(({ id }) => [
      id,
      { told: { belief: id === 'signed-in' ? ('yes' as const) : ('no' as const), things: [] } },
    ]),
  )
  return drawUpMap(
    inventoryOf([
      { ...thingOf(entry, 1), answers },
      { ...thingOf('mailbox', 2), answers: mailbox },
    ]),
    entries,
  )
}

/** A plan of these steps under way on a map, by a clock that is moved; what is refused changes nothing. */
function carryOn(
  map: ReturnType<typeof drawUpMap>['map'],
  order: readonly string[],
  zone: string,
  begin: string,
) {
  let now = new Date(begin)
  let revision = 1
  const cards = order.map((step, index) => ({
    cardId: makeId<CardId>(new Date(now.getTime() + index)),
    step,
    label: step,
    state: { is: 'to-do' as const },
    reactions: [],
    changedIn: 1,
  }))
  const evidence = map.evidence.map(({ id }) => id)
  const by = { at: now.toISOString(), byName: 'Test adviser' }
  let lockOut: LockOut = {
    version: 1,
    mode: 'quiet',
    hour: by.at,
    never: [],
    cards,
    order: [...order],
    kept: evidence.map(each => ({ evidence: each, how: 'kept', where: '', ...by })),
    replanned: null,
  }
  const mark = (step: string, to: 'to-do' | 'go' | 'done', on = dayAt(now, zone)): LockOutDecision => {
    const cardId = lockOut.cards.find(card => card.step === step)?.cardId ?? ('none' as CardId)
    const change = { kind: 'mark', seen: revision, cardId } as const
    const decision = decideLockOutChange(lockOut, to === 'done' ? { ...change, to, on } : { ...change, to }, {
      map,
      revision,
      now,
      zone,
      byName: 'Test adviser',
      makeCardId: () => makeId<CardId>(now),
    })
    if (decision.allowed) {
      lockOut = lockOutSchema.parse(decision.lockOut)
      revision += 1
    }
    return decision
  }
  return {
    mark,
    at: (moment: string) => {
      now = new Date(moment)
    },
    get now() {
      return now
    },
    get lockOut() {
      return lockOut
    },
    holds: (node: string) =>
      makeNaiveClosure(findCurrentMap(map, lockOut), 'possible')('suspect', new Set()).has(node),
  }
}

test('S9 an old address that works for seven days is open on the map for seven days, and until somebody has seen that it no longer does', () => {
  const drawn = drawAccount('google-account')
  const plan = carryOn(drawn.map, [act, look], 'Europe/London', '2026-12-01T15:00:00Z')
  expect(plan.holds('t1')).toBe(true)
  expect(plan.mark(look, 'done').allowed).toBe(false)
  expect(plan.mark(act, 'done').allowed).toBe(true)
  for (const early of ['2026-12-01T15:01:00Z', '2026-12-07T23:00:00Z', '2026-12-08T14:59:00Z']) {
    plan.at(early)
    const refused = plan.mark(look, 'done')
    expect(refused).toMatchObject({ allowed: false, because: 'blocked' })
    const [block] = refused.allowed ? [] : refused.blocks
    expect(block && sayCardBlock(block, { ...drawn, whole: drawn.map }, 'Europe/London')).toContain(
      'Not before 8 December 2026 at 3pm',
    )
    expect(plan.mark(look, 'go')).toMatchObject({ blocks: [{ because: 'before-clock' }] })
    expect(plan.holds('t1')).toBe(true)
  }
  plan.at('2026-12-09T09:00:00Z')
  // Its time is over, and nobody has looked.
  expect(plan.holds('t1')).toBe(true)
  // A look on a day on which it still worked shows nothing.
  expect(plan.mark(look, 'done', '2026-12-07').allowed).toBe(false)
  expect(plan.mark(look, 'done').allowed).toBe(true)
  expect(plan.holds('t1')).toBe(false)
})

test('S9 days are the clinic’s: what was done on an earlier day counts from the end of that day there', () => {
  for (const [zone, from] of [
    ['Europe/London', '2026-12-08T00:00:00.000Z'],
    ['America/New_York', '2026-12-08T05:00:00.000Z'],
    ['Pacific/Auckland', '2026-12-07T11:00:00.000Z'],
  ] as const) {
    const plan = carryOn(drawAccount('google-account').map, [act, look], zone, '2026-12-02T18:00:00Z')
    plan.mark(act, 'done', '2026-11-30')
    expect(plan.mark(look, 'done')).toMatchObject({ blocks: [{ because: 'before-clock', from }] })
  }
})

test('S9 an act that is to be done again takes the look at it back, and what stands in an old file before its time does not count', () => {
  const { map } = drawAccount('google-account')
  const plan = carryOn(map, [act, look], 'Europe/London', '2026-12-01T15:00:00Z')
  plan.mark(act, 'done')
  plan.at('2026-12-10T15:00:00Z')
  plan.mark(look, 'done')
  expect(plan.holds('t1')).toBe(false)
  plan.mark(act, 'to-do')
  expect(plan.holds('t1')).toBe(true)
  plan.mark(act, 'done')
  expect(plan.holds('t1')).toBe(true)
  expect(plan.mark(look, 'done')).toMatchObject({ blocks: [{ from: '2026-12-17T15:00:00.000Z' }] })
  const early: LockOut = {
    ...plan.lockOut,
    cards: plan.lockOut.cards.map(card => ({
      ...card,
      state: { is: 'done', on: '2026-12-10', at: '2026-12-10T15:05:00.000Z', byName: 'Test adviser' },
    })),
  }
  const reached = makeNaiveClosure(findCurrentMap(map, early), 'possible')('suspect', new Set())
  expect(reached.has('t1')).toBe(true)
  expect(findDoneByDay(map, early).map(({ step }) => step)).toEqual([act])
})

const read = readMapValue({
  nodes: [{ id: 'in' }, { id: 'info:messages' }],
  rules: [{ to: 'info:messages', from: ['in'], unless: ['look'] }],
  holds: { suspect: ['in'] },
  steps: [
    { id: 'act', alerts: false },
    { id: 'look', alerts: false, after: ['act'], requires: ['act'], waits: 48 },
  ],
  protect: ['info:messages'],
})
if (!read.ok) throw new Error(JSON.stringify(read.findings))
const small = read.map

test('S9 whenever things were really done within the days that were said, nothing is closed on the map before its time', () => {
  let closed = 0
  let refused = 0
  for (let seed = 1; seed <= 400; seed += 1) {
    const chance = makeChance(seed)
    const zone = chance.pick(['Europe/London', 'America/New_York', 'Pacific/Auckland', 'UTC'])
    // Over the changes of the clock in spring and autumn too.
    const begin = chance.pick(['2026-03-26T10:00:00Z', '2026-10-23T22:30:00Z', '2026-12-01T00:10:00Z'])
    const plan = carryOn(small, ['act', 'look'], zone, begin)
    let [acted, looked] = [Number.POSITIVE_INFINITY, 0]
    for (let round = 0; round < 14; round += 1) {
      plan.at(new Date(plan.now.getTime() + chance.below(40) * hour).toISOString())
      const step = chance.pick(['act', 'look', 'look'])
      const today = dayAt(plan.now, zone)
      const on = chance.is(0.6) ? today : dayAt(new Date(plan.now.getTime() - 30 * hour), zone)
      if (chance.is(0.15)) plan.mark(step, 'to-do')
      else if (plan.mark(step, 'done', on).allowed) {
        const [first, last] = [
          firstMomentOf(on, zone).getTime(),
          Math.min(plan.now.getTime(), overAt(on, zone).getTime()),
        ]
        // The worse case: the act as late as can be, and the look as soon.
        if (step === 'act') acted = last
        else looked = on === today ? plan.now.getTime() : first
      } else if (step === 'look') refused += 1
      if (!plan.holds('info:messages')) {
        closed += 1
        expect([seed, round, looked - acted >= 48 * hour]).toEqual([seed, round, true])
      }
    }
  }
  expect(closed).toBeGreaterThan(100)
  expect(refused).toBeGreaterThan(100)
})

test('what takes time by a source has a clock in hours on the look at it, and what nobody has read has none', () => {
  const waitsOf = (entry: string, step: string) => {
    const no = { told: { belief: 'no' as const, things: [] } }
    const answers = Object.fromEntries((entries.get(entry)?.questions ?? []).map(({ id }) => [id, no]))
    const { map } = drawUpMap(inventoryOf([{ ...thingOf(entry, 1), answers }]), entries)
    return map.steps.find(each => each.id === `${step}:t1`)?.waits
  }
  expect(waitsOf('google-account', 'see-recovery')).toBe(168)
  expect(waitsOf('microsoft-account', 'see-recovery')).toBe(720)
  expect(waitsOf('microsoft-account', 'see-signed-out')).toBe(24)
  expect(waitsOf('telegram', 'see-signed-out')).toBe(24)
  expect(waitsOf('netflix', 'see-signed-out')).toBe(48)
  expect(waitsOf('ring', 'see-reset')).toBe(360)
  expect(waitsOf('nest', 'see-users')).toBe(1)
  expect(waitsOf('mailbox', 'see-recovery')).toBeUndefined()
})
