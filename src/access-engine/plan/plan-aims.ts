import { compileMap } from '../reach/compile-map.ts'
import type { AccessMap, Belief } from '../reach/map.ts'
import { makeNaiveClosure } from '../reach/naive-closure.ts'
import { findStepCost } from './plan-cost.ts'
import { type PlanProblem, posePlan } from './plan-problem.ts'
import { type FoundPlan, startSearch } from './plan-search.ts'
import { findSafeOrder } from './safe-order.ts'
import type { Solver } from './solver.ts'
import { verifyPlan } from './verify-plan.ts'
import { verifyStepOrder } from './verify-step-order.ts'

/** What a plan is to be the best in, or what it is to do without. */
export type PlanAim = {
  /** What each step adds to the amount that is to be least, in whole numbers; a step that is not named adds nothing. */
  readonly amounts?: ReadonlyMap<string, number>
  /** What is added once when any of these steps is taken, in whole numbers. */
  readonly once?: readonly { readonly amount: number; readonly any: readonly string[] }[]
  /** Steps that it does without. What they alone close may then stay open. */
  readonly without?: readonly string[]
}

export type AimedPlan =
  /** It has a safe order. Of all plans with its amount none asks less of the client, where `isProven` says so. */
  | {
      readonly is: 'other'
      readonly order: readonly string[]
      readonly amount: number
      /** What it asks of the client altogether, in the weights of the map. */
      readonly cost: number
      /** What is protected and stays open after it. */
      readonly opens: readonly string[]
      readonly isProven: boolean
    }
  /** Proven: no plan with a safe order is better at this than the first. */
  | { readonly is: 'first' }
  /** No plan does without these steps, or none has a safe order. */
  | { readonly is: 'none' }
  /** The time was up. */
  | { readonly is: 'open' }

/** The plan that the others are held against, and what is protected and stays open after it. */
export type FirstPlan = { readonly steps: readonly string[]; readonly opens: readonly string[] }

export type AimOptions = {
  readonly level?: Belief
  readonly on?: string
  /** Steps that the client will not take. */
  readonly leave?: readonly string[]
  /** Milliseconds for all aims together. */
  readonly limit?: number
}

/**
 * For each aim the plan with a safe order that has the least amount, and among those the one that asks least of the
 * client. It closes all that the first plan closes, except what an aim does without, and keeps all evidence that can be
 * kept. Each is checked as the first is, by code that shares nothing with the search.
 */
export async function planForAims(
  map: AccessMap,
  solver: Solver,
  first: FirstPlan,
  aims: readonly PlanAim[],
  options: AimOptions = {},
): Promise<readonly AimedPlan[]> {
  const { level = 'possible', on, leave = [], limit = 10_000 } = options
  const compiled = compileMap(map, { level, ...(on === undefined ? {} : { on }) })
  const { usable } = posePlan(compiled, { leave })
  const end = solver.now() + limit
  // Side by side: while the solver thinks about one, the order of another is found.
  return Promise.all(
    aims.map(async aim => {
      const left = [...leave, ...(aim.without ?? [])]
      const problem = closeAsMuch(posePlan(compiled, { leave: left }), first.opens, usable)
      const within = { solver, end }
      const isAmount = aim.amounts !== undefined || aim.once !== undefined
      if (!isAmount && !first.steps.some(step => aim.without?.includes(step))) return { is: 'first' }
      const found = isAmount
        ? await searchLeast(problem, aim, first, within)
        : await searchInOrder(problem, within)
      return 'taken' in found ? check(found) : found

      function check({ taken, order, isProven }: Ordered): AimedPlan {
        const ids = order.map(step => compiled.steps[step]?.id ?? '')
        const ofSuspect = makeNaiveClosure(map, level, on)('suspect', new Set(ids))
        const opens = [...new Set(map.protect.map(({ node }) => node))].filter(node => ofSuspect.has(node))
        const mayBeOpen = [...first.opens, ...problem.uncuttable.map(node => compiled.nodes[node] ?? '')]
        const asked = { ...map, force: { ...map.force, out: [...map.force.out, ...left] } }
        const claim = { steps: ids, cost: -1, stillReached: mayBeOpen }
        let cost = 0
        for (const fault of verifyPlan(asked, level, claim, on)) {
          // The check counts the cost of its own, and no plan costs what was claimed.
          if (fault.fault === 'cost') cost = fault.is
          else return { is: 'open' }
        }
        if (verifyStepOrder(map, level, ids, on).length > 0) return { is: 'open' }
        const amount = findStepCost(priceBy(problem, aim, 1, 0), taken)
        return { is: 'other', order: ids, amount, cost, opens, isProven }
      }
    }),
  )
}

/** What an aim adds up to for these steps. */
export function findAmount(aim: PlanAim, steps: readonly string[]): number {
  const taken = new Set(steps)
  let amount = 0
  for (const step of taken) amount += aim.amounts?.get(step) ?? 0
  for (const once of aim.once ?? []) if (once.any.some(step => taken.has(step))) amount += once.amount
  return amount
}

type Within = { readonly solver: Solver; readonly end: number }
type Ordered = {
  readonly taken: ReadonlySet<number>
  readonly order: readonly number[]
  readonly isProven: boolean
}

/**
 * The problem with all that the first plan closes to be closed, and all evidence kept that can be kept.
 *
 * @param usable the steps that the client may take. A step whose evidence only those could keep that an aim does without
 * is not taken either
 */
// Rule S9: another plan that is cheaper only because it keeps less evidence is not offered
function closeAsMuch(
  problem: PlanProblem,
  opens: readonly string[],
  usable: readonly boolean[],
): PlanProblem {
  const { map, nodeAt, steps, stepAt } = problem.compiled
  const open = new Set(opens.map(node => nodeAt.get(node) ?? -1))
  const kept = map.evidence.flatMap(({ id, preservedBy }) => {
    const keepers = preservedBy.map(step => stepAt.get(step) ?? -1).filter(step => usable[step] === true)
    if (keepers.length === 0) return []
    const any = keepers.filter(step => problem.usable[step])
    return steps.flatMap((step, index) =>
      problem.usable[index] && step.destroys.includes(id) && !any.includes(index)
        ? [{ step: index, any }]
        : [],
    )
  })
  return {
    ...problem,
    targets: problem.targets.filter(({ node }) => !open.has(node)).map(({ node }) => ({ node, price: null })),
    requires: [...problem.requires, ...kept],
  }
}

/** The problem with other costs: so many times the amount of the aim, and so many times what is asked of the client. */
function priceBy(problem: PlanProblem, aim: PlanAim, ofAim: number, ofClient: number): PlanProblem {
  const { steps, stepAt } = problem.compiled
  return {
    ...problem,
    cost: problem.cost.map(
      (cost, step) => ofAim * (aim.amounts?.get(steps[step]?.id ?? '') ?? 0) + ofClient * cost,
    ),
    shared: [
      ...(aim.once ?? []).map(({ amount, any }) => ({
        cost: ofAim * amount,
        any: any.map(step => stepAt.get(step) ?? -1).filter(step => problem.usable[step] === true),
      })),
      ...(ofClient === 0 ? [] : problem.shared),
    ].filter(({ any }) => any.length > 0),
    evidence: ofClient === 0 ? [] : problem.evidence,
  }
}

/**
 * First the least amount of any plan, whether or not it has a safe order. Then the plan of that amount that asks least: an
 * amount counts for more than what the plan just found asks beyond the first, so that no smaller cost buys it back.
 */
async function searchLeast(
  problem: PlanProblem,
  aim: PlanAim,
  first: FirstPlan,
  within: Within,
): Promise<Ordered | Exclude<AimedPlan, { is: 'other' }>> {
  const { stepAt } = problem.compiled
  const amountOf = (taken: ReadonlySet<number>): number => findStepCost(priceBy(problem, aim, 1, 0), taken)
  const firstTaken = new Set(first.steps.map(step => stepAt.get(step) ?? -1))
  const firstAmount = findAmount(aim, first.steps)
  if (firstAmount === 0) return { is: 'first' }
  const least = await searchOnce(priceBy(problem, aim, 1, 0), within)
  if (least.status === 'infeasible') return { is: 'none' }
  if (least.status !== 'optimal') return { is: 'open' }
  if (least.cost >= firstAmount) return { is: 'first' }
  const dearer = findStepCost(problem, least.taken) - findStepCost(problem, firstTaken)
  // More than all steps together can ask, so that nothing at all outweighs the amount.
  const most =
    1 +
    sum(problem.cost) +
    sum(problem.shared.map(({ cost }) => cost)) +
    sum(problem.evidence.map(({ weight }) => weight))
  for (const weight of [Math.min(most, Math.max(1, dearer + 1)), most]) {
    const found = await searchInOrder(priceBy(problem, aim, weight, 1), within)
    if (!('taken' in found)) return found
    const amount = amountOf(found.taken)
    // Otherwise no plan of the least amount has a safe order, or one that asks more than this weighs.
    if (amount > least.cost && weight < most) continue
    if (amount >= firstAmount) return { is: found.isProven ? 'first' : 'open' }
    return found
  }
  return { is: 'open' }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0)

async function searchOnce(problem: PlanProblem, { solver, end }: Within): Promise<FoundPlan> {
  const search = startSearch(problem, solver, 'integer-program')
  try {
    return await search.next(Math.max(1, end - solver.now()))
  } finally {
    search.close()
  }
}

/** The cheapest plan that has a safe order. */
async function searchInOrder(
  problem: PlanProblem,
  { solver, end }: Within,
): Promise<Ordered | { readonly is: 'none' | 'open' }> {
  const search = startSearch(problem, solver, 'integer-program')
  let isSure = true
  try {
    for (;;) {
      const left = end - solver.now()
      if (left <= 0) return { is: 'open' }
      const found = await search.next(left)
      if (found.status === 'infeasible') return { is: isSure ? 'none' : 'open' }
      if (found.status === 'unknown') return { is: 'open' }
      const order = findSafeOrder(problem, found.taken)
      if (order.ok)
        return { taken: found.taken, order: order.order, isProven: isSure && found.status === 'optimal' }
      if (!order.isProven) isSure = false
      search.add(order.cuts)
    }
  } finally {
    search.close()
  }
}
