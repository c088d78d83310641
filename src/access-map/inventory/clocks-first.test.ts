import { afterAll, expect, test } from 'vitest'
import { liveWorld, tellOf } from '../../../test/support/lived-world.ts'
import { makeInventory } from '../../../test/support/made-inventory.ts'
import { startHighs } from '../../access-engine/plan/highs-solver.ts'
import { sumLeftToSeize } from '../../access-engine/plan/left-to-seize.ts'
import { planLockOutInOrder } from '../../access-engine/plan/lock-out-plan.ts'
import { verifyStepOrder } from '../../access-engine/plan/verify-step-order.ts'
import { drawUpMap } from './draw-up-map.ts'
import { loadCatalogue } from './load-catalogue.ts'

const { entries } = await loadCatalogue()
const solver = startHighs()
afterAll(() => solver.end())

const plans = await Promise.all(
  [
    ...Array.from({ length: 4 }, (_, index) => tellOf(liveWorld(index + 1, entries), 0.1, 1)),
    ...Array.from({ length: 26 }, (_, index) => makeInventory(index + 1, 25, entries)),
  ].map(async inventory => {
    const { map } = drawUpMap(inventory, entries)
    const { order, unnoticed } = await planLockOutInOrder(map, solver)
    return { map, order, unnoticed, steps: new Map(map.steps.map(step => [step.id, step])) }
  }),
)

test('S9 whatever keeps evidence unnoticed stands before the first step that may be noticed', () => {
  let asked = 0
  let dated = 0
  for (const { map, order, unnoticed, steps } of plans) {
    const run = order.slice(0, unnoticed)
    const keeping = map.evidence.flatMap(({ goes, preservedBy }) => preservedBy.map(step => ({ step, goes })))
    const quiet = keeping.filter(({ step }) => order.includes(step) && steps.get(step)?.alerts === false)
    for (const { step, goes } of quiet) {
      expect(run).toContain(step)
      asked += 1
      // Nothing stands before evidence that goes by itself but what keeps such evidence too, or what it needs.
      if (goes === undefined) continue
      dated += 1
      for (const other of run.slice(0, run.indexOf(step))) {
        const isToo = keeping.some(
          each => each.step === other && each.goes !== undefined && each.goes <= goes,
        )
        const later = [...order.filter(each => each !== other)]
        later.splice(later.indexOf(step) + 1, 0, other)
        expect(isToo || verifyStepOrder(map, 'possible', later).length > 0).toBe(true)
      }
    }
  }
  expect(asked).toBeGreaterThan(10)
  expect(dated).toBeGreaterThan(5)
})

test('S9 what starts a clock, or keeps with their knowledge what goes by itself, could be done no sooner without leaving more open', () => {
  let asked = 0
  for (const { map, order, unnoticed, steps } of plans) {
    const looks = order.filter(step => steps.get(step)?.waits !== undefined)
    const acts = looks.flatMap(look => steps.get(look)?.requires.flat() ?? [])
    const dated = map.evidence.flatMap(({ goes, preservedBy }) => (goes === undefined ? [] : preservedBy))
    const sums = sumLeftToSeize(map, 'possible', order)
    for (const step of new Set([...acts, ...dated])) {
      const at = order.indexOf(step)
      if (at <= unnoticed) continue
      asked += 1
      for (let place = unnoticed; place < at; place += 1) {
        const sooner = [...order.slice(0, place), step, ...order.slice(place).filter(each => each !== step)]
        if (verifyStepOrder(map, 'possible', sooner).length > 0) continue
        const { kept, open } = sumLeftToSeize(map, 'possible', sooner)
        expect(kept > sums.kept || (kept === sums.kept && open >= sums.open)).toBe(true)
      }
    }
  }
  expect(asked).toBeGreaterThan(5)
})
