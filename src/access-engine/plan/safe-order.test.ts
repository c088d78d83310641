import { afterAll, expect, test } from 'vitest'
import { findQuietestOrder, listSoundPlans } from '../../../test/support/brute-force.ts'
import { makeHousehold } from '../../../test/support/made-household.ts'
import { makeMap } from '../../../test/support/made-map.ts'
import type { AccessMap } from '../reach/map.ts'
import { readMapValue } from '../reach/read-map.ts'
import { findStatesAfterSteps } from './after-each-step.ts'
import { startHighs } from './highs-solver.ts'
import { planLockOut, planLockOutInOrder } from './lock-out-plan.ts'
import { makePlanProblem } from './plan-problem.ts'
import { verifyStepOrder } from './verify-step-order.ts'

const solver = startHighs()
afterAll(() => solver.end())

function mapOf(value: unknown): AccessMap {
  const read = readMapValue(value)
  if (!read.ok) throw new Error(JSON.stringify(read.findings))
  return read.map
}

test('plan and order cost what trying all plans in all orders costs, and none stays unnoticed for longer', async () => {
  let ordered = 0
  let dearer = 0
  for (let seed = 1; seed <= 130; seed += 1) {
    const map = makeMap(seed, { nodes: 6 + (seed % 9), rules: 10 + (seed % 20), steps: 4 + (seed % 5) })
    const problem = makePlanProblem(map, { level: 'possible' })
    if (problem.uncuttable.length > 0) continue
    const usable = problem.compiled.steps.filter((_, step) => problem.usable[step]).map(step => step.id)
    const plans = listSoundPlans(map, 'possible', usable)
    let best: { cost: number; unnoticed: number } | null = null
    for (const plan of plans) {
      if (best && plan.cost > best.cost) break
      // A plan with a step that it does not need is no plan.
      const isNeedless = plans.some(
        other =>
          other.cost <= plan.cost &&
          other.steps.length < plan.steps.length &&
          other.steps.every(step => plan.steps.includes(step)) &&
          findQuietestOrder(map, 'possible', other.steps) !== null,
      )
      if (isNeedless) continue
      const unnoticed = findQuietestOrder(map, 'possible', plan.steps)
      if (unnoticed !== null && (!best || unnoticed > best.unnoticed)) best = { cost: plan.cost, unnoticed }
    }
    const answer = await planLockOutInOrder(map, solver)
    expect(answer.ok ? { cost: answer.cost, unnoticed: answer.unnoticed } : null, `seed ${seed}`).toEqual(
      best,
    )
    if (answer.ok) {
      expect(answer.status).toBe('optimal')
      expect(answer.unnoticedIsProven).toBe(true)
      expect(verifyStepOrder(map, 'possible', answer.order)).toEqual([])
    }
    if (best && best.cost > 0) ordered += 1
    if (best && best.cost > (plans[0]?.cost ?? 0)) dearer += 1
  }
  expect(ordered).toBeGreaterThan(15)
  // The cheapest plan is not always one that can be carried out.
  expect(dearer).toBeGreaterThan(0)
})

test('on households every condition holds at every step of the order, and it never costs less than the plan alone', async () => {
  let found = 0
  let unnoticedSteps = 0
  for (const [seed, size] of [
    [1, 40],
    [2, 60],
    [3, 100],
    [4, 150],
  ] as const) {
    const map = makeHousehold(seed, size)
    const plan = await planLockOut(map, solver)
    const answer = await planLockOutInOrder(map, solver)
    if (!answer.ok) {
      expect(answer.blocks.length).toBeGreaterThan(0)
      continue
    }
    found += 1
    expect(answer.cost).toBeGreaterThanOrEqual(plan.cost ?? 0)
    expect(verifyStepOrder(map, 'possible', answer.order)).toEqual([])
    const loud = new Set(map.steps.filter(step => step.alerts).map(step => step.id))
    unnoticedSteps += answer.unnoticed
    expect(answer.order.slice(0, answer.unnoticed).some(step => loud.has(step))).toBe(false)
    const states = findStatesAfterSteps(map, 'possible', answer.order)
    expect(states.at(-1)?.stillReached).toEqual([])
  }
  expect(found).toBeGreaterThan(1)
  expect(unnoticedSteps).toBeGreaterThan(1)
})

const watchedPhone = {
  nodes: [
    { id: 'device:phone' },
    { id: 'watcher' },
    { id: 'device:phone.watched' },
    { id: 'secret:password' },
    { id: 'secret:new-password' },
    { id: 'account:mail' },
    { id: 'info:messages' },
  ],
  rules: [
    { to: 'device:phone.watched', from: ['watcher'], unless: ['clean'] },
    { to: 'account:mail', from: ['secret:password'], unless: ['change'] },
    { to: 'account:mail', from: ['secret:new-password'], if: ['change'] },
    { to: 'secret:new-password', from: ['device:phone.watched'], if: ['change'], who: 'suspect' },
    { to: 'secret:new-password', from: ['device:phone'], if: ['change'], who: 'client' },
    { to: 'info:messages', from: ['account:mail'] },
  ],
  holds: { suspect: ['watcher', 'secret:password'], client: ['device:phone', 'secret:password'] },
  steps: [
    { id: 'change', cost: { effort: 1 }, alerts: false, needs: ['account:mail'] },
    { id: 'clean', cost: { effort: 2 }, alerts: true, destroys: ['evidence:phone'], after: ['image'] },
    { id: 'image', cost: { effort: 3 }, alerts: false },
  ],
  evidence: [{ id: 'evidence:phone', weight: 25, preservedBy: ['image'] }],
  protect: ['info:messages'],
  keep: ['account:mail'],
}

test('a password is not changed on a watched phone: first the image, then the cleaning, then the password', async () => {
  const answer = await planLockOutInOrder(mapOf(watchedPhone), solver)
  expect(answer).toMatchObject({ ok: true, cost: 6, order: ['image', 'clean', 'change'], unnoticed: 1 })
})

test('a lock whose key the client would not have is never part of a plan', async () => {
  const withoutKey = { ...watchedPhone, rules: watchedPhone.rules.filter(rule => rule.who !== 'client') }
  const answer = await planLockOutInOrder(mapOf(withoutKey), solver)
  expect(answer.ok).toBe(false)
  expect(answer.order).toEqual([])
})

test('steps that wait for each other are named, with what would help', async () => {
  const circle = {
    nodes: [{ id: 'a' }, { id: 'info:plans' }],
    rules: [{ to: 'info:plans', from: ['a'], unless: ['one'] }],
    holds: { suspect: ['a'] },
    steps: [
      { id: 'one', cost: { effort: 1 }, after: ['two'], requires: ['two'] },
      { id: 'two', cost: { effort: 1 }, after: ['one'] },
    ],
    protect: ['info:plans'],
  }
  const answer = await planLockOutInOrder(mapOf(circle), solver)
  expect(answer).toMatchObject({ ok: false, cost: null, order: [], why: 'no plan has a safe order' })
  expect(answer.blocks).toEqual([{ steps: ['one', 'two'], lifts: [] }])
})
