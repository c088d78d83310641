import { readFileSync } from 'node:fs'
import { afterAll, expect, test } from 'vitest'
import { makeLayeredCover } from '../../../test/support/made-cut.ts'
import { makeHousehold } from '../../../test/support/made-household.ts'
import { readMap } from '../reach/read-map.ts'
import { startHighs } from './highs-solver.ts'
import { planLockOut } from './lock-out-plan.ts'
import { verifyPlan } from './verify-plan.ts'
import { findWhy, planUnnoticed, planWithout, valueFacts } from './what-if.ts'

const solver = startHighs()
afterAll(() => solver.end())

const read = readMap(
  readFileSync(new URL('../../../docs/examples/fairweather.json', import.meta.url), 'utf8'),
)
if (!read.ok) throw new Error(JSON.stringify(read.findings))
const map = read.map

test('“not this step” says what it costs instead, or that there is no plan without it', async () => {
  const plan = await planLockOut(map, solver)
  expect((await planWithout(map, solver, plan, 'new-passcode:phone')).dearer).toBe(1)
  const without = await planWithout(map, solver, plan, 'reset:cameras')
  expect(without.dearer).toBeNull()
  expect(without.plan.stillReached.map(each => each.node)).toContain('info:home')
  expect(without.plan.steps).not.toContain('reset:cameras')
})

test('“nothing they could notice” takes only unnoticed steps and says what they leave open', async () => {
  const unnoticed = await planUnnoticed(map, solver)
  expect(unnoticed.status).toBe('infeasible')
  const loud = new Set(map.steps.filter(step => step.alerts).map(step => step.id))
  expect(unnoticed.steps.some(step => loud.has(step))).toBe(false)
  expect(unnoticed.stillReached.map(each => each.node)).toContain('info:location')
})

test('unnoticed steps close what they can, and none that could be noticed is among them', async () => {
  let taken = 0
  for (let seed = 1; seed <= 12; seed += 1) {
    const household = makeHousehold(seed, 40)
    const unnoticed = await planUnnoticed(household, solver)
    const loud = new Set(household.steps.filter(step => step.alerts).map(step => step.id))
    expect(loud.size, `seed ${seed}`).toBeGreaterThan(0)
    expect(
      unnoticed.steps.filter(step => loud.has(step)),
      `seed ${seed}`,
    ).toEqual([])
    const stillReached = unnoticed.stillReached.map(each => each.node)
    const faults = verifyPlan(household, 'possible', { steps: unnoticed.steps, cost: 0, stillReached })
    expect(
      faults.filter(each => each.fault !== 'cost'),
      `seed ${seed}`,
    ).toEqual([])
    taken += unnoticed.steps.length
  }
  expect(taken).toBeGreaterThan(5)
})
test('the check of a plan names every kind of fault there can be in it', async () => {
  const plan = await planLockOut(map, solver)
  const { steps, cost } = plan
  const [first = '', second = ''] = steps
  const outside = map.steps.find(step => !steps.includes(step.id))?.id ?? ''
  expect([first, second, outside]).not.toContain('')
  const faultsOf = (claim: { readonly steps?: readonly string[]; readonly cost?: number }, changed = map) =>
    verifyPlan(changed, 'possible', { steps, cost: cost ?? 0, stillReached: [], ...claim })
  const withStep = (id: string, change: Partial<(typeof map.steps)[number]>) => ({
    ...map,
    steps: map.steps.map(step => (step.id === id ? { ...step, ...change } : step)),
  })
  expect(faultsOf({})).toEqual([])
  expect(faultsOf({ cost: (cost ?? 0) + 1 })).toEqual([{ fault: 'cost', is: cost, said: (cost ?? 0) + 1 }])
  expect(faultsOf({ steps: [] }).map(each => each.fault)).toContain('reached')
  expect(faultsOf({}, withStep(first, { excludes: [second] }))).toEqual([
    { fault: 'excludes', step: first, other: second },
  ])
  expect(faultsOf({}, withStep(first, { excludes: [outside] }))).toEqual([])
  expect(faultsOf({}, withStep(first, { requires: [[outside]] }))).toEqual([
    { fault: 'requires', step: first },
  ])
  expect(faultsOf({}, withStep(first, { requires: [[outside, second]] }))).toEqual([])
  const forced = (force: Partial<typeof map.force>) =>
    faultsOf({}, { ...map, force: { ...map.force, ...force } })
  expect(forced({ in: [outside] })).toEqual([{ fault: 'forced', step: outside }])
  expect(forced({ out: [first] })).toEqual([{ fault: 'forced', step: first }])
  expect(faultsOf({}, { ...map, keep: [...map.keep, 'nothing:theirs'] })).toEqual([
    { fault: 'lost', node: 'nothing:theirs' },
  ])
})

test('“why this step” names what opens again without it', async () => {
  const { steps } = await planLockOut(map, solver)
  expect(findWhy(map, steps, 'reset:cameras')).toEqual({
    opens: ['info:home', 'info:voice'],
    loses: [],
    askedForBy: [],
  })
  expect(findWhy(map, steps, 'change-password:mail').askedForBy).toEqual(['sign-out-others:mail'])
  // A step that only saves evidence opens nothing when it is left out: it saves its cost.
  expect(findWhy(map, steps, 'ask-log:car').opens).toEqual([])
})

test('“which fact matters most” puts first what would save most if it turned out not to be so', async () => {
  const values = await valueFacts(map, solver, await planLockOut(map, solver))
  expect(values[0]?.fact).toMatchObject({ to: 'account:car', belief: 'possible' })
  // Having the car put into the client's name costs 8, and 3 in money, and its risk weighs 3.
  expect(values[0]?.saving).toBe(14)
  expect(values.map(each => each.saving)).toEqual(
    values.map(each => each.saving).toSorted((one, other) => other - one),
  )
})

test('when time runs out the best plan so far is given, sound, with a bound that it does not go below', async () => {
  const wall = makeLayeredCover(1, 300)
  const plan = await planLockOut(wall, solver, { limit: 250 })
  expect(plan.cost).not.toBeNull()
  expect(plan.bound).toBeLessThanOrEqual(plan.cost ?? 0)
  expect(verifyPlan(wall, 'possible', { steps: plan.steps, cost: plan.cost ?? 0, stillReached: [] })).toEqual(
    [],
  )
})
