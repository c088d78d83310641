import { afterAll, expect, test } from 'vitest'
import { countCost, findQuietestOrder, listSoundPlans } from '../../../test/support/brute-force.ts'
import { makeHousehold } from '../../../test/support/made-household.ts'
import { makeMap } from '../../../test/support/made-map.ts'
import { type AccessMap, type Measure, measures } from '../reach/map.ts'
import { makeNaiveClosure } from '../reach/naive-closure.ts'
import { startHighs } from './highs-solver.ts'
import { planLockOutInOrder } from './lock-out-plan.ts'
import { findAmount, type PlanAim, planForAims } from './plan-aims.ts'
import { makePlanProblem } from './plan-problem.ts'
import { verifyStepOrder } from './verify-step-order.ts'

const solver = startHighs()
afterAll(() => solver.end())

/** What is weighed on any map: what is noticed, each measure, and one amount that several steps have in common. */
function aimsOf(map: AccessMap): readonly PlanAim[] {
  const by = (measure: Measure): PlanAim => ({
    amounts: new Map(map.steps.map(step => [step.id, step.cost[measure]])),
  })
  const [one, two, three] = map.steps.map(step => step.id)
  return [
    { amounts: new Map(map.steps.filter(step => step.alerts).map(step => [step.id, 1])) },
    ...measures.map(by),
    { once: [{ amount: 3, any: [one ?? '', two ?? ''] }], amounts: new Map([[three ?? '', 2]]) },
  ]
}

/** The map as every other plan must do it: all closed that the first closes, and what can be kept is kept. */
function asMuchAs(map: AccessMap, opens: readonly string[], usable: readonly string[]): AccessMap {
  return {
    ...map,
    protect: map.protect
      .filter(({ node }) => !opens.includes(node))
      .map(({ node }) => ({ node, price: null })),
    steps: map.steps.map(step => ({
      ...step,
      requires: [
        ...step.requires,
        ...step.destroys.flatMap(id => {
          const keeps = map.evidence.find(each => each.id === id)?.preservedBy ?? []
          const any = keeps.filter(each => usable.includes(each))
          return any.length === 0 || any.includes(step.id) ? [] : [any]
        }),
      ],
    })),
  }
}

test('each plan for an aim has the least amount, and asks least of all that have it: against trying every plan in every order', async () => {
  const counts = { other: 0, first: 0, none: 0, open: 0 }
  for (let seed = 1; seed <= 420; seed += 1) {
    const map = makeMap(seed, { nodes: 6 + (seed % 9), rules: 10 + (seed % 20), steps: 5 + (seed % 3) })
    const first = await planLockOutInOrder(map, solver)
    if (first.cost === null || first.order.length === 0) continue
    const opens = first.stillReached.map(each => each.node)
    const problem = makePlanProblem(map, { level: 'possible' })
    const usable = problem.compiled.steps.filter((_, step) => problem.usable[step]).map(step => step.id)
    const plans = listSoundPlans(asMuchAs(map, opens, usable), 'possible', usable)
      .filter(({ steps }) => findQuietestOrder(map, 'possible', steps) !== null)
      .map(({ steps }) => ({ steps, asks: countCost(map, steps, []) }))
    const aims = aimsOf(map)
    const found = await planForAims(map, solver, { steps: first.order, opens }, aims)
    for (const [index, aim] of aims.entries()) {
      const answer = found[index]
      const say = `seed ${seed}, aim ${index}`
      counts[answer?.is ?? 'open'] += 1
      const amounts = plans.map(each => findAmount(aim, each.steps))
      const least = Math.min(...amounts)
      const ofFirst = findAmount(aim, first.order)
      if (least >= ofFirst) {
        expect(['first', 'none'], say).toContain(answer?.is)
        continue
      }
      if (answer?.is !== 'other')
        throw new Error(`${say}: ${answer?.is}, but ${least} is less than ${ofFirst}`)
      expect([answer.amount, findAmount(aim, answer.order), answer.isProven], say).toEqual([
        least,
        least,
        true,
      ])
      const asks = Math.min(...plans.filter((_, at) => amounts[at] === least).map(each => each.asks))
      expect(countCost(map, answer.order, []), say).toBe(asks)
      expect(answer.cost, say).toBe(countCost(map, answer.order, answer.opens))
    }
  }
  expect(counts.other).toBeGreaterThan(30)
  expect(counts.first).toBeGreaterThan(30)
  expect(counts.open).toBe(0)
}, 120_000)

test('a plan for an aim has a safe order, closes what the first closes and loses no evidence that can be kept', async () => {
  let others = 0
  for (let seed = 1; seed <= 12; seed += 1) {
    const map = makeHousehold(seed, 60)
    const first = await planLockOutInOrder(map, solver)
    const opens = first.stillReached.map(each => each.node)
    const aims = [...aimsOf(map), ...first.order.map((_, at) => ({ without: first.order.slice(at, at + 2) }))]
    for (const [index, answer] of (
      await planForAims(map, solver, { steps: first.order, opens }, aims)
    ).entries()) {
      if (answer.is !== 'other') continue
      others += 1
      const without = aims[index]?.without
      expect(verifyStepOrder(map, 'possible', answer.order)).toEqual([])
      const ofSuspect = makeNaiveClosure(map, 'possible')('suspect', new Set(answer.order))
      const open = map.protect.map(({ node }) => node).filter(node => ofSuspect.has(node))
      expect(answer.opens).toEqual(open)
      if (!without) expect(open.filter(node => !opens.includes(node))).toEqual([])
      expect(answer.order.filter(step => without?.includes(step))).toEqual([])
      const taken = new Set(answer.order)
      for (const { id, preservedBy } of map.evidence)
        if (map.steps.some(step => taken.has(step.id) && step.destroys.includes(id)))
          expect(preservedBy.some(step => taken.has(step))).toBe(true)
    }
  }
  expect(others).toBeGreaterThan(8)
}, 120_000)
