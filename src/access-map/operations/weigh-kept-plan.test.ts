import { afterAll, beforeAll, expect, test } from 'vitest'
import { inventoryOfStory } from '../../../test/support/story-inventory.ts'
import { openTestCase } from '../../../test/support/test-case.ts'
import { openTestClinic, type TestClinic } from '../../../test/support/test-clinic.ts'
import { makeNaiveClosure } from '../../access-engine/reach/naive-closure.ts'
import { knownPersonMap } from '../../app/demo/map-stories.ts'
import { withCase } from '../../audit/operations/access-case.ts'
import { type CaseId, makeId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { drawUpMap } from '../inventory/draw-up-map.ts'
import { loadCatalogue } from '../inventory/load-catalogue.ts'
import { findCardBlocks } from '../lock-out/card-gate.ts'
import type { LockOut } from '../lock-out/lock-out.ts'
import { cardRows } from '../pages/parts/card-rows.ts'
import { glanceView } from '../pages/parts/glance-view.ts'
import { drawUpCase } from './draw-up-case.ts'
import { inventoryRevisions } from './load-inventory.ts'
import { lockOutRevisions } from './load-lock-out.ts'
import { weighKeptPlan } from './weigh-kept-plan.ts'

let world: TestClinic
let beside: TestClinic
beforeAll(async () => {
  world = await openTestClinic()
  beside = await openTestClinic('2026-03-02T10:00:00Z', { beside: world, slug: 'beside' })
})
afterAll(async () => {
  await beside.close()
  await world.close()
})

const catalogue = await loadCatalogue()
const story = inventoryOfStory(knownPersonMap.things)
const allSteps = drawUpMap(story, catalogue.entries).map.steps.map(step => step.id)
const order = allSteps.slice(0, 4)
const cardOf = (step: string): LockOut['cards'][number] => ({
  cardId: makeId(new Date('2026-03-02T10:00:00Z')),
  step,
  label: step,
  state: { is: 'to-do' },
  reactions: [],
  changedIn: 1,
})
const chosen: LockOut = {
  version: 1,
  mode: 'quiet',
  hour: null,
  never: [],
  cards: order.map(cardOf),
  order,
  kept: [],
  replanned: null,
}

async function onCase<Answer>(
  { clinic, as }: TestClinic,
  caseId: CaseId,
  work: (transaction: Transaction) => Promise<Answer>,
): Promise<Answer> {
  const access = { caseId, part: 'map', mode: 'write' } as const
  const answer = await withCase(clinic.database, as('stalking-advocate'), access, work)
  if (answer === null) throw new Error('the case is not open')
  return answer
}

const keepMap = (clinic: TestClinic, caseId: CaseId, revision: number) =>
  onCase(clinic, caseId, transaction =>
    inventoryRevisions.add(clinic.clinic, transaction, clinic.people['stalking-advocate'], caseId, {
      revision,
      change: 'words-written',
      kept: story,
    }),
  )

const keepPlan = (clinic: TestClinic, caseId: CaseId, revision: number, lockOut = chosen) =>
  onCase(clinic, caseId, transaction =>
    lockOutRevisions.add(
      clinic.clinic,
      transaction,
      clinic.people['stalking-advocate'],
      caseId,
      { revision, change: 'choose', kept: lockOut },
      { cards: {} },
    ),
  )

/** What a look at the case is given: of the plan, a card of it, and the picture. */
async function look(clinic: TestClinic, caseId: CaseId) {
  const drawn = await onCase(clinic, caseId, transaction => drawUpCase(clinic.clinic, transaction, caseId))
  if (!drawn.lockOut) throw new Error('there is no plan')
  const weighed = weighKeptPlan(drawn.map, drawn.lockOut)
  const glance = { revision: 1, catalogue, drawn, reached: drawn.reached(), changed: null }
  return {
    drawn,
    weighed,
    held: drawn.ofSuspect(),
    card: cardRows(drawn, order[0] ?? '', weighed.statesAfterSteps),
    picture: glanceView('/map', glance).markup,
  }
}

test('S5 S9 what is kept of a plan is given again for its revision, and for no other revision, case or clinic', async () => {
  const caseId = await openTestCase(world)
  const other = await openTestCase(world)
  const elsewhere = await openTestCase(beside)
  for (const [clinic, one] of [
    [world, caseId],
    [world, other],
    [beside, elsewhere],
  ] as const) {
    await keepMap(clinic, one, 1)
    await keepPlan(clinic, one, 1)
  }
  const first = await look(world, caseId)
  const again = await look(world, caseId)
  expect(again.weighed).toBe(first.weighed)
  expect(again.held).toBe(first.held)
  expect(again.card).toBe(first.card)
  const found = [first]
  const isOfNoOther = async (clinic: TestClinic, one: CaseId) => {
    const now = await look(clinic, one)
    // It says the same, and yet is found for itself.
    expect(now.weighed).toEqual(first.weighed)
    expect([now.card, now.picture]).toEqual([first.card, first.picture])
    for (const before of found) {
      expect(now.weighed).not.toBe(before.weighed)
      expect(now.card).not.toBe(before.card)
    }
    found.push(now)
  }
  await isOfNoOther(world, other)
  const { drawn } = found.at(-1) ?? first
  expect(cardRows(drawn, order[0] ?? '', first.weighed.statesAfterSteps)).not.toBe(first.card)
  await isOfNoOther(beside, elsewhere)
  await keepPlan(world, caseId, 2)
  await isOfNoOther(world, caseId)
  await keepMap(world, caseId, 2)
  await isOfNoOther(world, caseId)
})

test('S9 a plan whose order is another is weighed by it, and so is its card', async () => {
  const caseId = await openTestCase(world)
  await keepMap(world, caseId, 1)
  await keepPlan(world, caseId, 1)
  const first = await look(world, caseId)
  await keepPlan(world, caseId, 2, { ...chosen, order: order.toReversed() })
  const turned = await look(world, caseId)
  expect(first.weighed.statesAfterSteps.map(each => each.step)).toEqual(order)
  expect(turned.weighed.statesAfterSteps.map(each => each.step)).toEqual(order.toReversed())
  expect(turned.card).not.toBe(first.card)
  const [, second = ''] = order
  expect(cardRows(first.drawn, second, first.weighed.statesAfterSteps)).not.toEqual(first.card)
})

test('S9 whether the hour the client chose has come is asked at each look', async () => {
  const caseId = await openTestCase(world)
  await keepMap(world, caseId, 1)
  const hour = '2026-03-02T20:00:00.000Z'
  const late: LockOut = { ...chosen, mode: 'clean-break', hour }
  await keepPlan(world, caseId, 1, late)
  const { atAnyHour } = (await look(world, caseId)).weighed
  const waits = (at: string) =>
    [...findCardBlocks(atAnyHour, late, new Map(), new Date(at)).values()].flat().map(block => block.because)
  expect(waits('2026-03-02T19:59:00Z')).toContain('before-hour')
  expect(waits('2026-03-02T20:00:00Z')).not.toContain('before-hour')
  expect(waits('2026-03-02T19:59:00Z')).toContain('before-hour')
})

test('the picture beside the questions and what the suspected person holds are of the map as it is', async () => {
  const caseId = await openTestCase(world)
  await keepMap(world, caseId, 1)
  await keepPlan(world, caseId, 1)
  const before = await look(world, caseId)
  await keepPlan(world, caseId, 2, {
    ...chosen,
    order: allSteps,
    cards: allSteps.map(step => ({
      ...cardOf(step),
      state: { is: 'done', on: '2026-03-02', at: '2026-03-02T10:00:00.000Z', byName: 'Bryony' },
    })),
  })
  const after = await look(world, caseId)
  expect(after.weighed.statesAfterSteps).toEqual([])
  expect(after.picture).not.toBe(before.picture)
  expect(after.held).not.toBe(before.held)
  expect(after.held).toEqual(makeNaiveClosure(after.drawn.map, 'possible')('suspect', new Set()))
})
