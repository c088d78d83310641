import { beforeAll, expect, test } from 'vitest'
import { makeChance } from '../../../test/support/chance.ts'
import { makeHousehold } from '../../../test/support/made-household.ts'
import { makeMap } from '../../../test/support/made-map.ts'
import { startHighs } from '../../access-engine/plan/highs-solver.ts'
import { planLockOutInOrder } from '../../access-engine/plan/lock-out-plan.ts'
import { verifyStepOrder } from '../../access-engine/plan/verify-step-order.ts'
import type { AccessMap } from '../../access-engine/reach/map.ts'
import { makeNaiveClosure } from '../../access-engine/reach/naive-closure.ts'
import { readMapValue } from '../../access-engine/reach/read-map.ts'
import { type CardId, makeId } from '../../foundation/ids.ts'
import { findDone, findLeft, type LockOut } from './lock-out.ts'
import { decideLockOutChange, type LockOutChange } from './lock-out-change.ts'

const morning = new Date('2026-03-02T10:00:00Z')
const evening = '2026-03-02T18:00:00.000Z'
const zone = 'Europe/London'
const night = new Date('2026-03-02T22:00:00Z')

/** `Omit` of a union takes its parts together; this leaves them apart. */
type Unseen = LockOutChange extends infer Each
  ? Each extends LockOutChange
    ? Omit<Each, 'seen'>
    : never
  : never

/** A plan under way, changed one revision after the other. A refused change leaves it as it was. */
function carryOn(map: AccessMap) {
  let lockOut: LockOut | null = null
  let revision = 0
  let said = ''
  return {
    get lockOut(): LockOut {
      if (!lockOut) throw new Error('no plan was chosen')
      return lockOut
    },
    get said() {
      return said
    },
    cardOf(step: string): CardId {
      return lockOut?.cards.find(card => card.step === step)?.cardId ?? ('none' as CardId)
    },
    change(change: Unseen, now: Date, seen = revision): boolean {
      const moment = {
        map,
        revision,
        now,
        byName: 'Test adviser',
        zone,
        makeCardId: () => makeId<CardId>(now),
      }
      const decision = decideLockOutChange(lockOut, { ...change, seen } as LockOutChange, moment)
      said = decision.allowed
        ? ''
        : [decision.because, ...decision.blocks.map(each => each.because)].join(' ')
      if (!decision.allowed) return false
      lockOut = decision.lockOut
      revision += 1
      return true
    },
  }
}

const worlds: { readonly map: AccessMap; readonly order: readonly string[] }[] = []
beforeAll(async () => {
  const solver = startHighs()
  for (let seed = 1; seed <= 90; seed += 1) {
    const map =
      seed % 18 === 0
        ? makeHousehold(seed, 40)
        : makeMap(seed, { nodes: 6 + (seed % 9), rules: 10 + (seed % 20), steps: 4 + (seed % 5) })
    const answer = await planLockOutInOrder(map, solver)
    if (answer.ok && answer.order.length > 1) worlds.push({ map, order: answer.order })
  }
  await solver.end()
})

test('there are plans to judge by', () => {
  expect(worlds.length).toBeGreaterThan(6)
})

test('S9 along no path is a card gone ahead with or done while it locks the client out, loses evidence, feeds the suspected person or alerts too early', () => {
  let refused = 0
  let done = 0
  for (const [seed, { map, order }] of worlds.entries()) {
    const chance = makeChance(seed + 7)
    const plan = carryOn(map)
    const mode = chance.pick(['quiet', 'clean-break'] as const)
    plan.change({ kind: 'choose', order, mode, hour: null, never: [] }, morning)
    let now = morning
    for (let round = 0; round < 80; round += 1) {
      const step = chance.pick(order)
      const cardId = plan.cardOf(step)
      const before = plan.lockOut
      const kind = chance.below(9)
      if (kind === 0) plan.change({ kind: 'keep', cardId, how: 'kept', where: '' }, now)
      else if (kind === 1) plan.change({ kind: 'moment', mode, hour: chance.pick([evening, null]) }, now)
      else if (kind === 2) now = chance.pick([morning, night])
      else if (kind === 3) plan.change({ kind: 'mark', cardId, to: 'to-do' }, now)
      else {
        const on = '2026-03-02'
        const change =
          kind < 6
            ? ({ kind: 'mark', cardId, to: 'go' } as const)
            : ({ kind: 'mark', cardId, to: 'done', on } as const)
        if (!plan.change(change, now)) {
          refused += 1
          continue
        }
        done += 1
        expectHarmless(map, before, step, now)
      }
    }
  }
  expect(refused).toBeGreaterThan(50)
  expect(done).toBeGreaterThan(50)
})

/** Judges one step by the map as it was written, with none of the code that allowed it. */
function expectHarmless(map: AccessMap, before: LockOut, step: string, now: Date): void {
  const done = findDone(before)
  const kept = new Set(before.kept.map(each => each.evidence))
  // What was kept by hand need not wait for a step of the plan.
  const judged: AccessMap = {
    ...map,
    steps: map.steps.map(each => ({ ...each, destroys: each.destroys.filter(id => !kept.has(id)) })),
  }
  const order = [...done, step, ...findLeft(before).filter(other => other !== step)]
  const faults = verifyStepOrder(judged, 'possible', order).filter(fault => fault.step === step)
  expect(faults, step).toEqual([])
  const closure = makeNaiveClosure(map, 'possible')
  const ofClient = closure('client', new Set([...done, step]))
  const start = closure('client', new Set(done))
  expect(map.keep.filter(node => start.has(node) && !ofClient.has(node))).toEqual([])
  const taken = map.steps.find(each => each.id === step)
  const gone = new Set(map.steps.filter(each => done.includes(each.id)).flatMap(each => each.destroys))
  for (const id of taken?.destroys ?? []) {
    const savers = map.evidence.find(each => each.id === id)?.preservedBy ?? []
    expect(kept.has(id) || gone.has(id) || savers.some(each => done.includes(each) || each === step)).toBe(
      true,
    )
  }
  if (taken?.alerts) expect(before.hour !== null && now.getTime() >= Date.parse(before.hour)).toBe(true)
}

test('a plan in its order is never held up once its hour has come and what it loses is answered for', () => {
  for (const { map, order } of worlds) {
    const plan = carryOn(map)
    expect(plan.change({ kind: 'choose', order, mode: 'quiet', hour: evening, never: [] }, morning)).toBe(
      true,
    )
    for (const step of order) {
      const cardId = plan.cardOf(step)
      plan.change({ kind: 'keep', cardId, how: 'nothing-to-keep', where: '' }, night)
      expect(plan.change({ kind: 'mark', cardId, to: 'go' }, night), `${step}: ${plan.said}`).toBe(true)
      expect(plan.change({ kind: 'mark', cardId, to: 'done', on: '2026-03-02' }, night)).toBe(true)
    }
    expect(findDone(plan.lockOut)).toEqual(order)
    expect(findLeft(plan.lockOut)).toEqual([])
  }
})

const phone = readMapValue({
  nodes: [{ id: 'phone' }, { id: 'mail' }, { id: 'info:messages' }],
  rules: [
    { to: 'mail', from: ['phone'], unless: ['clean'] },
    { to: 'info:messages', from: ['mail'] },
  ],
  holds: { suspect: ['phone'], client: ['mail'] },
  steps: [
    { id: 'image', label: 'Copy the phone', cost: { effort: 1 }, alerts: false },
    {
      id: 'clean',
      label: 'Clean the phone',
      cost: { effort: 1 },
      alerts: true,
      after: ['image'],
      destroys: ['traces'],
    },
    { id: 'swap', label: 'Use another phone', cost: { effort: 9 }, alerts: false },
  ],
  evidence: [{ id: 'traces', weight: 9, preservedBy: ['image'] }],
  protect: ['info:messages'],
  keep: ['mail'],
})
if (!phone.ok) throw new Error(JSON.stringify(phone.findings))
const small = phone.map
const chosen = () => {
  const plan = carryOn(small)
  plan.change({ kind: 'choose', order: ['image', 'clean'], mode: 'quiet', hour: null, never: [] }, morning)
  return plan
}

test('the answer names everything that keeps a card from going ahead, and the card goes ahead once that is lifted', () => {
  const plan = chosen()
  const clean = plan.cardOf('clean')
  plan.change({ kind: 'mark', cardId: clean, to: 'go' }, morning)
  expect(plan.said).toBe('blocked comes-after evidence-not-safe no-hour')
  plan.change({ kind: 'moment', mode: 'quiet', hour: evening }, morning)
  plan.change({ kind: 'mark', cardId: plan.cardOf('image'), to: 'done', on: '2026-03-02' }, morning)
  plan.change({ kind: 'mark', cardId: clean, to: 'go' }, morning)
  expect(plan.said).toBe('blocked before-hour')
  expect(plan.change({ kind: 'mark', cardId: clean, to: 'done', on: '2026-03-02' }, night)).toBe(true)
})

test('in a clean break nothing but keeping evidence comes before the hour', () => {
  const plan = carryOn({ ...small, steps: small.steps.map(step => ({ ...step, alerts: false })) })
  const order = ['image', 'clean']
  plan.change({ kind: 'choose', order, mode: 'clean-break', hour: evening, never: [] }, morning)
  expect(
    plan.change({ kind: 'mark', cardId: plan.cardOf('image'), to: 'done', on: '2026-03-02' }, morning),
  ).toBe(true)
  plan.change({ kind: 'mark', cardId: plan.cardOf('clean'), to: 'done', on: '2026-03-02' }, morning)
  expect(plan.said).toBe('blocked before-hour')
})

test('a step that could not be done leaves the plan, what was done stays done, and what changed is said', () => {
  const plan = chosen()
  plan.change({ kind: 'mark', cardId: plan.cardOf('image'), to: 'done', on: '2026-03-02' }, morning)
  const cardId = plan.cardOf('clean')
  expect(plan.change({ kind: 'could-not', cardId, why: 'It does not start', again: ['swap'] }, morning)).toBe(
    true,
  )
  expect(plan.lockOut.order).toEqual(['image', 'swap'])
  expect(plan.lockOut.replanned).toMatchObject({ because: 'could-not', added: ['swap'], isFound: true })
  expect(plan.lockOut.cards.find(card => card.step === 'clean')?.state).toMatchObject({
    why: 'It does not start',
  })
})

test('a plan that cannot be taken from the client’s current state is not kept, no matter who sends it', () => {
  const plan = carryOn(small)
  const orders = [['clean', 'image'], ['nowhere'], ['image', 'image'], ['__proto__']]
  for (const order of orders) {
    plan.change({ kind: 'choose', order, mode: 'quiet', hour: null, never: [] }, morning)
    expect(plan.said, order.join()).toBe('not-sound')
  }
  plan.change({ kind: 'choose', order: ['image'], mode: 'quiet', hour: null, never: ['image'] }, morning)
  expect(plan.said).toBe('not-sound')
})

test('what the suspected person undid is to do again, and only then', () => {
  const plan = chosen()
  const cardId = plan.cardOf('image')
  plan.change({ kind: 'mark', cardId, to: 'done', on: '2026-03-02' }, morning)
  const rest = ['clean']
  plan.change({ kind: 'reacted', cardId, what: 'Asked about it', undid: false, again: rest }, morning)
  expect(findDone(plan.lockOut)).toEqual(['image'])
  plan.change(
    { kind: 'reacted', cardId, what: 'Took the copy', undid: true, again: ['image', 'clean'] },
    morning,
  )
  expect(findDone(plan.lockOut)).toEqual([])
  expect(plan.lockOut.order).toEqual(['image', 'clean'])
  expect(plan.lockOut.cards.find(card => card.cardId === cardId)?.reactions).toHaveLength(2)
})

test('when two advisers change one card the second one is told; with two cards both changes are kept', () => {
  const plan = chosen()
  const image = plan.cardOf('image')
  expect(plan.change({ kind: 'mark', cardId: image, to: 'go' }, morning, 1)).toBe(true)
  plan.change({ kind: 'mark', cardId: image, to: 'done', on: '2026-03-02' }, morning, 1)
  expect(plan.said).toBe('changed-meanwhile')
  expect(
    plan.change({ kind: 'keep', cardId: plan.cardOf('clean'), how: 'kept', where: '' }, morning, 1),
  ).toBe(true)
  plan.change({ kind: 'moment', mode: 'quiet', hour: null }, morning, 1)
  expect(plan.said).toBe('changed-meanwhile')
})
