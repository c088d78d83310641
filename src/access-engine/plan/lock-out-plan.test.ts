import { afterAll, expect, test } from 'vitest'
import { countCost, listSoundPlans } from '../../../test/support/brute-force.ts'
import { makeChance } from '../../../test/support/chance.ts'
import { makeCut } from '../../../test/support/made-cut.ts'
import { makeHousehold } from '../../../test/support/made-household.ts'
import { makeMap } from '../../../test/support/made-map.ts'
import type { AccessMap } from '../reach/map.ts'
import { makeNaiveClosure } from '../reach/naive-closure.ts'
import { readMapValue } from '../reach/read-map.ts'
import { searchByBranches } from './branch-and-bound.ts'
import { startHighs } from './highs-solver.ts'
import { planLockOut } from './lock-out-plan.ts'
import { makePlanProblem } from './plan-problem.ts'
import { type FoundPlan, type SearchMethod, startSearch } from './plan-search.ts'
import type { Solver } from './solver.ts'
import { verifyPlan } from './verify-plan.ts'

const solver = startHighs()
afterAll(() => solver.end())

async function search(map: AccessMap, method: SearchMethod): Promise<FoundPlan> {
  const found = startSearch(makePlanProblem(map, { level: 'possible' }), solver, method)
  try {
    return await found.next(20_000)
  } finally {
    found.close()
  }
}

function costOf(found: FoundPlan): number | null {
  if (found.status === 'infeasible') return null
  expect(found.status).toBe('optimal')
  return 'cost' in found ? found.cost : Number.NaN
}

/** The map without what no step can close, and the steps that may be in a plan. */
function judge(map: AccessMap): { readonly map: AccessMap; readonly usable: readonly string[] } {
  const problem = makePlanProblem(map, { level: 'possible' })
  const uncut = new Set(problem.uncuttable.map(node => problem.compiled.nodes[node]))
  return {
    map: { ...map, protect: map.protect.filter(({ node }) => !uncut.has(node)) },
    usable: problem.compiled.steps.filter((_, step) => problem.usable[step]).map(step => step.id),
  }
}

test('integer program, hitting sets, branch and bound and trying everything find the same cost', async () => {
  let planned = 0
  for (let seed = 1; seed <= 90; seed += 1) {
    const map = makeMap(seed, { nodes: 6 + (seed % 9), rules: 10 + (seed % 20), steps: 4 + (seed % 6) })
    const judged = judge(map)
    const best = listSoundPlans(judged.map, 'possible', judged.usable)[0]?.cost ?? null
    expect(costOf(await search(map, 'integer-program')), `seed ${seed}`).toBe(best)
    expect(costOf(await search(map, 'hitting-sets')), `seed ${seed}`).toBe(best)
    const branches = searchByBranches(makePlanProblem(map, { level: 'possible' }))
    expect(branches.status === 'optimal' ? branches.cost : null, `seed ${seed}`).toBe(best)
    if (best !== null && best > 0) planned += 1
  }
  expect(planned).toBeGreaterThan(15)
})

test('with fourteen steps, they still agree with trying all 16 384 plans', async () => {
  for (const seed of [3]) {
    const map = makeMap(seed, { nodes: 14, rules: 34, steps: 14 })
    const judged = judge(map)
    const best = listSoundPlans(judged.map, 'possible', judged.usable)[0]?.cost ?? null
    expect(costOf(await search(map, 'integer-program'))).toBe(best)
    expect(costOf(await search(map, 'hitting-sets'))).toBe(best)
  }
})

test('on households and on AND/OR cuts of hundreds of nodes, the two exact searches agree', async () => {
  const maps = [
    makeHousehold(1, 100),
    makeHousehold(2, 300),
    makeHousehold(3, 600),
    makeCut(1, 200),
    makeCut(2, 500),
  ]
  for (const map of maps) {
    const cost = costOf(await search(map, 'integer-program'))
    expect(cost).toBeGreaterThan(0)
    expect(costOf(await search(map, 'hitting-sets'))).toBe(cost)
  }
})

test('a plan closes everything, keeps everything, and asks for no step it does not need', async () => {
  const small = Array.from({ length: 60 }, (_, seed) =>
    makeMap(seed + 500, { nodes: 12, rules: 26, steps: 8 }),
  )
  for (const map of [...small, makeHousehold(5, 40), makeHousehold(6, 150)]) {
    const plan = await planLockOut(map, solver)
    if (plan.cost === null || plan.status === 'infeasible') continue
    const open = plan.stillReached.map(each => each.node)
    const claim = { steps: plan.steps, cost: plan.cost, stillReached: open }
    expect(verifyPlan(map, 'possible', claim)).toEqual([])
    const closure = makeNaiveClosure(map, 'possible')
    for (const step of plan.steps) {
      const rest = plan.steps.filter(other => other !== step)
      const ofSuspect = closure('suspect', new Set(rest))
      const hard = map.protect.filter(({ price }) => price === null).map(({ node }) => node)
      const openThen = map.protect
        .map(({ node }) => node)
        .filter(node => !hard.includes(node) && ofSuspect.has(node))
      const cost = countCost(map, rest, openThen)
      const isSound = verifyPlan(map, 'possible', { steps: rest, cost, stillReached: openThen }).length === 0
      expect(!isSound || cost > plan.cost, `${step} is needless`).toBe(true)
    }
  }
})

test('the same map gives the same plan, and shuffling or renaming it changes nothing', async () => {
  for (const seed of [1, 2, 3]) {
    const map = seed === 3 ? makeHousehold(4, 80) : makeMap(seed + 40, { nodes: 14, rules: 30, steps: 8 })
    const chance = makeChance(seed)
    const plan = await planLockOut(map, solver)
    expect(await planLockOut(map, solver)).toEqual(plan)
    const shuffled = {
      ...map,
      nodes: chance.shuffle(map.nodes),
      rules: chance.shuffle(map.rules),
      steps: chance.shuffle(map.steps),
      protect: chance.shuffle(map.protect),
    }
    const again = await planLockOut(shuffled, solver)
    expect([again.cost, again.steps]).toEqual([plan.cost, plan.steps])
    const ids = [...map.nodes, ...map.steps].map(each => each.id)
    const names = new Map(chance.shuffle(ids).map((id, index) => [id, `x${index}`]))
    const text = JSON.stringify(map, (key, value) =>
      typeof value === 'string' && key !== 'kind' && key !== 'how' ? (names.get(value) ?? value) : value,
    )
    expect((await planLockOut(JSON.parse(text) as AccessMap, solver)).cost).toBe(plan.cost)
  }
})

test('a plan costs more when the suspected person holds more or more is protected, kept or ruled out, and less when the client holds more', async () => {
  for (let seed = 900; seed < 925; seed += 1) {
    const map = makeMap(seed, { nodes: 12, rules: 26, steps: 7 })
    const chance = makeChance(seed)
    const problem = makePlanProblem(map, { level: 'possible' })
    if (problem.uncuttable.length > 0) continue
    const cost = costOf(await search(map, 'integer-program')) ?? Number.POSITIVE_INFINITY
    const node = chance.pick(map.nodes).id
    const harder: AccessMap[] = [
      { ...map, holds: { ...map.holds, suspect: [...map.holds.suspect, { node, belief: 'known' }] } },
      { ...map, protect: [...map.protect, { node, price: null }] },
      { ...map, keep: [...map.keep, node] },
      { ...map, force: { ...map.force, out: [...map.force.out, chance.pick(map.steps).id] } },
    ]
    for (const other of harder) {
      if (makePlanProblem(other, { level: 'possible' }).uncuttable.length > 0) continue
      const dearer = costOf(await search(other, 'integer-program')) ?? Number.POSITIVE_INFINITY
      expect(dearer, `seed ${seed}`).toBeGreaterThanOrEqual(cost)
    }
    const easier = {
      ...map,
      holds: { ...map.holds, client: [...map.holds.client, { node, belief: 'known' as const }] },
    }
    const cheaper = costOf(await search(easier, 'integer-program')) ?? Number.POSITIVE_INFINITY
    expect(cheaper).toBeLessThanOrEqual(cost)
  }
})

const stubborn = {
  nodes: [
    { id: 'owner' },
    { id: 'account:car' },
    { id: 'secret:app' },
    { id: 'info:location' },
    { id: 'info:calls' },
  ],
  rules: [
    { to: 'account:car', from: ['owner'], how: 'has the dealer restore it' },
    { to: 'info:location', from: ['account:car'], how: 'looks at the map in the app' },
    { to: 'info:calls', from: ['secret:app'], how: 'reads the list', unless: ['change'] },
  ],
  holds: { suspect: ['owner', 'secret:app'] },
  steps: [{ id: 'change', cost: { effort: 2 } }],
  protect: ['info:location', 'info:calls'],
}

test('what no step can close is named with its path, and the rest is planned', async () => {
  const read = readMapValue(stubborn)
  if (!read.ok) throw new Error('unusable')
  const plan = await planLockOut(read.map, solver)
  expect(plan).toMatchObject({ status: 'infeasible', cost: 2, steps: ['change'] })
  expect(plan.stillReached.map(each => [each.node, ...each.path.map(rule => rule.how)])).toEqual([
    ['info:location', 'has the dealer restore it', 'looks at the map in the app'],
  ])
})

test('a client who holds nothing, and a kept thing that nothing can give them, are reported and never planned around', async () => {
  const read = readMapValue({
    ...stubborn,
    protect: ['info:calls'],
    keep: ['account:car'],
    holds: { suspect: ['secret:app'] },
  })
  if (!read.ok) throw new Error('unusable')
  expect(await planLockOut(read.map, solver)).toMatchObject({
    status: 'infeasible',
    cost: null,
    steps: [],
    lost: ['account:car'],
  })
})

test('when the solver fails, small maps are planned all the same, and large ones say that nothing is proven', async () => {
  const broken: Solver = {
    now: () => performance.now(),
    open: () => ({ solve: async () => ({ status: 'failed', why: 'it died' }), close: () => {} }),
  }
  const small = makeHousehold(1, 40)
  expect((await planLockOut(small, broken)).cost).toBe((await planLockOut(small, solver)).cost)
  const large = makeHousehold(1, 300)
  const plan = await planLockOut(large, broken)
  expect(plan.status).toBe('gap')
  expect(plan.bound).toBeLessThan(plan.cost ?? 0)
  const claim = { steps: plan.steps, cost: plan.cost ?? 0, stillReached: [] }
  expect(verifyPlan(large, 'possible', claim)).toEqual([])
})

test('a solver that lies is found out: a plan that fails the check is never given', async () => {
  const liar: Solver = {
    now: () => performance.now(),
    open: () => ({
      solve: async columns => ({
        status: 'optimal',
        values: new Float64Array(Math.max(1, columns.cost.length)),
        bound: 0,
      }),
      close: () => {},
    }),
  }
  const map = makeHousehold(1, 40)
  const plan = await planLockOut(map, liar, { limit: 300 })
  expect(
    plan.cost === null ||
      verifyPlan(map, 'possible', { steps: plan.steps, cost: plan.cost, stillReached: [] }).length === 0,
  ).toBe(true)
  expect(plan.cost === null || plan.cost > 0).toBe(true)
})

test('a solver that never answers is ended after its time, and the next question finds a new one', async () => {
  const own = startHighs()
  try {
    const session = own.open()
    const anHour = 3_600_000
    const answer = session.solve(
      { cost: [1, 1], whole: [true, true] },
      [{ least: 1, columns: [0, 1], weights: [1, 1] }],
      anHour,
    )
    // Ended from outside, not by its own limit: that would take longer than any test may.
    await own.end()
    expect((await answer).status).toBe('failed')
    const next = own.open()
    expect(
      await next.solve({ cost: [3], whole: [true] }, [{ least: 1, columns: [0], weights: [1] }], 5_000),
    ).toMatchObject({
      status: 'optimal',
      bound: 3,
    })
    expect(
      (await next.solve({ cost: [], whole: [] }, [{ least: 2, columns: [0], weights: [1] }], 5_000)).status,
    ).toBe('infeasible')
  } finally {
    await own.end()
  }
})

test('the next-best plans follow in order of cost, and none is another with more in it', async () => {
  const plan = await planLockOut(makeHousehold(2, 60), solver, { alternatives: 3 })
  const costs = [plan.cost ?? 0, ...plan.alternatives.map(each => each.cost)]
  expect(plan.alternatives.length).toBe(3)
  expect(costs.toSorted((one, other) => one - other)).toEqual(costs)
  const first = new Set(plan.steps)
  for (const other of plan.alternatives)
    expect([...first].every(step => other.steps.includes(step))).toBe(false)
})
