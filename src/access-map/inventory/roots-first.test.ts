import { afterAll, expect, test } from 'vitest'
import { liveWorld, tellOf } from '../../../test/support/lived-world.ts'
import { inventoryOfStory } from '../../../test/support/story-inventory.ts'
import { startHighs } from '../../access-engine/plan/highs-solver.ts'
import { makeLeftFinder, sumLeftToSeize } from '../../access-engine/plan/left-to-seize.ts'
import { planLockOutInOrder } from '../../access-engine/plan/lock-out-plan.ts'
import { verifyStepOrder } from '../../access-engine/plan/verify-step-order.ts'
import type { AccessMap } from '../../access-engine/reach/map.ts'
import { makeNaiveClosure } from '../../access-engine/reach/naive-closure.ts'
import { knownPersonMap, strangerMap } from '../../app/demo/map-stories.ts'
import { drawUpMap } from './draw-up-map.ts'
import { loadCatalogue } from './load-catalogue.ts'

const { entries } = await loadCatalogue()
const solver = startHighs()
afterAll(() => solver.end())

/** What the client keeps and the suspected person reaches or could get back, at the start and after each step. */
function leftAlong(map: AccessMap, order: readonly string[]) {
  const closure = makeNaiveClosure(map, 'possible')
  const findLeft = makeLeftFinder(map, 'possible', order, undefined, closure)
  return [-1, ...order.keys()].map(index => {
    const ofSuspect = closure('suspect', new Set(order.slice(0, index + 1)))
    return { ofSuspect, kept: findLeft(ofSuspect).kept }
  })
}

/** The steps before the first closing of something kept that this closing does not need. */
function findIdle(map: AccessMap, order: readonly string[], unnoticed: number): readonly string[] {
  const along = leftAlong(map, order)
  const before = along[unnoticed]?.kept.length ?? 0
  const closing = along.findIndex(({ kept }, index) => index > unnoticed && kept.length < before)
  if (closing === -1) return []
  const prefix = order.slice(0, closing)
  const closure = makeNaiveClosure(map, 'possible')
  const findLeft = makeLeftFinder(map, 'possible', order, undefined, closure)
  return prefix.slice(unnoticed).filter(step => {
    const fewer = prefix.filter(other => other !== step)
    const later = [...fewer, step, ...order.slice(closing)]
    return (
      verifyStepOrder(map, 'possible', later).length === 0 &&
      findLeft(closure('suspect', new Set(fewer))).kept.length < before
    )
  })
}

/** Things closed while another thing that opened them before the plan is still open, where it could have been closed first. */
function findClosedTooSoon(map: AccessMap, order: readonly string[], unnoticed: number): readonly string[] {
  const along = leftAlong(map, order)
  const sums = sumLeftToSeize(map, 'possible', order)
  return order.flatMap((step, index) => {
    const [was, now] = [along[index], along[index + 1]]
    const soon = (now?.kept ?? []).filter(node => was?.ofSuspect.has(node) && !now?.ofSuspect.has(node))
    if (index < unnoticed || soon.length === 0) return []
    const rest = order.filter(other => other !== step)
    for (let place = index + 1; place < order.length; place += 1) {
      const later = [...rest.slice(0, place), step, ...rest.slice(place)]
      const isWhole = leftAlong(map, later)
        .slice(0, place + 1)
        .every(({ ofSuspect }) => soon.every(node => ofSuspect.has(node)))
      const moved = sumLeftToSeize(map, 'possible', later)
      if (isWhole && moved.kept < sums.kept && verifyStepOrder(map, 'possible', later).length === 0)
        return [`${step} before ${later[place - 1] ?? ''}`]
    }
    return []
  })
}

test('S9 in a household the first that may be noticed closes a thing the client keeps, and what opens others is closed before them', async () => {
  const worlds = Array.from({ length: 12 }, (_, index) => tellOf(liveWorld(index + 1, entries), 0.1, 1))
  const told = [knownPersonMap, strangerMap].map(({ things }) => inventoryOfStory(things))
  let closing = 0
  let withoutUnnoticed = 0
  for (const inventory of [...told, ...worlds]) {
    const { map } = drawUpMap(inventory, entries)
    const answer = await planLockOutInOrder(map, solver, { limit: 3_000 })
    const { order, unnoticed } = answer
    if (order.length === 0) continue
    expect(verifyStepOrder(map, 'possible', order)).toEqual([])
    expect(findIdle(map, order, unnoticed)).toEqual([])
    expect(findClosedTooSoon(map, order, unnoticed)).toEqual([])
    expect(answer.leastIsProven).toBe(true)
    if (sumLeftToSeize(map, 'possible', order).kept > 0) closing += 1
    if (unnoticed === 0) withoutUnnoticed += 1
  }
  expect(Math.min(closing, withoutUnnoticed)).toBeGreaterThan(5)
}, 120_000)
