import type { AccessMap, Belief } from '../reach/map.ts'
import { findReach, type Reached } from '../reach/reach.ts'
import { searchByBranches } from './branch-and-bound.ts'
import { findKeptByGuess } from './kept-by-guess.ts'
import { findStepCost } from './plan-cost.ts'
import { leaveOneOf, planInOrder } from './plan-in-order.ts'
import { makePlanProblem, type PlanProblem, type PlanWishes } from './plan-problem.ts'
import { type FoundPlan, startSearch } from './plan-search.ts'
import type { Solver } from './solver.ts'
import { verifyPlan } from './verify-plan.ts'
import { verifyStepOrder } from './verify-step-order.ts'

export type PlanOptions = {
  /** Plans are made at `possible`, unless somebody chooses a stronger level on purpose. */
  readonly level?: Belief
  readonly on?: string
  readonly wishes?: PlanWishes
  /** How many next-best plans to find. */
  readonly alternatives?: number
  /** After this many milliseconds the best plan so far is given, with its gap. */
  readonly limit?: number
}

export type Alternative = { readonly cost: number; readonly steps: readonly string[] }

export type LockOutPlan = {
  /**
   * `optimal`: nothing cheaper exists. `gap`: time ran out, and nothing costs less than `bound`. `infeasible`: not
   * everything can be closed; the steps are the best for the rest, and `stillReached` is what stays open.
   */
  readonly status: 'optimal' | 'gap' | 'infeasible'
  /** Null when there is no plan at all. */
  readonly cost: number | null
  readonly bound: number
  readonly steps: readonly string[]
  readonly alternatives: readonly Alternative[]
  /** What is protected and stays open, with the path. */
  readonly stillReached: readonly Reached[]
  /** Kept nodes that no plan can give the client. */
  readonly lost: readonly string[]
  /** Kept nodes to which the client then has only a path that is not known to be there: they may lose them. */
  readonly keptByGuess: readonly string[]
  readonly why: string | null
}

/** The price of an open thing when not everything can be closed and the plan closes what it can. */
const priceOfAll = 100_000

/**
 * The cheapest lock-out plan: the suspected person reaches nothing protected, the client keeps what they keep, and
 * what steps require is met. Every plan is checked by a closure that shares nothing with the search. A plan that
 * fails the check is not given.
 */
export async function planLockOut(
  map: AccessMap,
  solver: Solver,
  options: PlanOptions = {},
): Promise<LockOutPlan> {
  const { level = 'possible', on, wishes = {}, alternatives = 0, limit = 10_000 } = options
  const end = solver.now() + limit
  const problem = makePlanProblem(map, { level, ...(on ? { on } : {}) }, wishes)
  const search = startSearch(problem, solver, 'integer-program')
  try {
    const first = withFallback(problem, await search.next(Math.max(1, end - solver.now())))
    if (first.status === 'infeasible' && first.lost.length === 0 && wishes.priceOfAll === undefined) {
      const rest = { ...options, alternatives: 0, limit: Math.max(1, end - solver.now()) }
      const soft = await planLockOut(map, solver, { ...rest, wishes: { ...wishes, priceOfAll } })
      return { ...soft, status: 'infeasible', why: soft.cost === null ? soft.why : whyOpen }
    }
    if (first.status === 'infeasible')
      return none('infeasible', 0, whyLost(first.lost), nodesOf(problem, first.lost))
    if (first.status === 'unknown') return none('gap', 0, first.why)
    const plan = describe(problem, first.taken)
    const faults = verifyPlan(withWishes(map, wishes), level, plan.claim, on)
    if (faults.length > 0) return none('gap', first.bound, 'the plan found did not stand up to the check')
    const others: Alternative[] = []
    let last = first.taken
    while (others.length < alternatives && first.status === 'optimal' && end > solver.now()) {
      search.add([leaveOneOf(last)])
      const next = await search.next(end - solver.now())
      if (next.status !== 'optimal') break
      const other = describe(problem, next.taken)
      if (verifyPlan(withWishes(map, wishes), level, other.claim, on).length > 0) break
      others.push({ cost: other.cost, steps: other.claim.steps })
      last = next.taken
    }
    const isOpen = hasOpen(problem)
    return {
      status: isOpen ? 'infeasible' : first.status,
      cost: plan.cost,
      bound: first.status === 'optimal' ? plan.cost : Math.min(first.bound + uncutPrice(problem), plan.cost),
      steps: plan.claim.steps,
      alternatives: others,
      stillReached: findStillReached(map, level, plan.claim, on),
      lost: [],
      keptByGuess: findKeptByGuess(map, level, plan.claim.steps, on),
      why: isOpen
        ? whyOpen
        : first.status === 'gap'
          ? 'the time was up before it was proven that nothing is cheaper'
          : null,
    }
  } finally {
    search.close()
  }
}

export type OrderAnswer = {
  readonly ok: boolean
  readonly status: 'optimal' | 'gap' | 'infeasible'
  readonly cost: number | null
  readonly bound: number
  readonly order: readonly string[]
  readonly unnoticed: number
  readonly unnoticedIsProven: boolean
  /** True when no safe order of these steps, with as many unnoticed ones first, leaves less to seize. */
  readonly leastIsProven: boolean
  /** More time would find nothing else. */
  readonly isFinal: boolean
  /** Why there is no order: steps that block each other, and what outside the plan could unblock them. */
  readonly blocks: readonly { readonly steps: readonly string[]; readonly lifts: readonly string[] }[]
  readonly stillReached: readonly Reached[]
  /** As of a plan. */
  readonly keptByGuess: readonly string[]
  readonly why: string | null
}

/** The cheapest lock-out plan that has a safe order, with that order, checked by replaying it. */
export async function planLockOutInOrder(
  map: AccessMap,
  solver: Solver,
  options: PlanOptions = {},
): Promise<OrderAnswer> {
  const { level = 'possible', on, wishes = {}, limit = 10_000 } = options
  const problem = makePlanProblem(map, { level, ...(on ? { on } : {}) }, wishes)
  const found = await planInOrder(problem, solver, limit)
  const ids = (steps: readonly number[]): readonly string[] =>
    steps.map(step => problem.compiled.steps[step]?.id ?? '')
  if (!('order' in found)) {
    const blocks = found.groups.map(group => ({ steps: ids(group.steps), lifts: ids(group.lifts) }))
    const status = found.status === 'infeasible' ? 'infeasible' : 'gap'
    const why = found.lost.length > 0 ? whyLost(found.lost) : found.why
    return { ...noOrder, status, bound: found.bound, blocks, why }
  }
  const plan = describe(problem, found.taken)
  const order = ids(found.order)
  const faults = [
    ...verifyPlan(withWishes(map, wishes), level, plan.claim, on),
    ...verifyStepOrder(map, level, order, on),
  ]
  if (faults.length > 0)
    return {
      ...noOrder,
      status: 'gap',
      bound: found.bound,
      why: 'the order found did not stand up to the check',
    }
  const isOpen = hasOpen(problem)
  return {
    ok: !isOpen,
    status: isOpen ? 'infeasible' : found.status,
    cost: plan.cost,
    bound: found.status === 'optimal' ? plan.cost : Math.min(found.bound + uncutPrice(problem), plan.cost),
    order,
    unnoticed: found.unnoticed,
    unnoticedIsProven: found.unnoticedIsProven,
    leastIsProven: found.leastIsProven,
    isFinal: found.isFinal,
    blocks: [],
    stillReached: findStillReached(map, level, plan.claim, on),
    keptByGuess: findKeptByGuess(map, level, plan.claim.steps, on),
    why: isOpen ? whyOpen : null,
  }
}

const noOrder = {
  ok: false,
  cost: null,
  order: [],
  unnoticed: 0,
  unnoticedIsProven: false,
  leastIsProven: false,
  isFinal: false,
  blocks: [],
  stillReached: [],
  keptByGuess: [],
}

const whyOpen = 'not everything protected can be closed by the steps of the map'

function whyLost(lost: readonly number[]): string {
  return lost.length > 0
    ? 'no plan leaves the client what they keep'
    : 'no choice of steps fulfils everything that is asked of it'
}

function none(
  status: LockOutPlan['status'],
  bound: number,
  why: string,
  lost: readonly string[] = [],
): LockOutPlan {
  return {
    status,
    cost: null,
    bound,
    steps: [],
    alternatives: [],
    stillReached: [],
    lost,
    keptByGuess: [],
    why,
  }
}

/** When the solver fails, a small search in plain numbers may still prove the plan. */
function withFallback(problem: PlanProblem, found: FoundPlan): FoundPlan {
  if (found.status === 'optimal' || found.status === 'infeasible') return found
  if (problem.usable.filter(Boolean).length > 60) return found
  const answer = searchByBranches(problem, [], 5_000)
  if (answer.status === 'optimal') return { ...answer, bound: answer.cost }
  if (answer.status === 'infeasible') return { status: 'infeasible', lost: [] }
  return found
}

type Described = {
  /** Without the prices that were put on hard targets to see what can be closed. */
  readonly cost: number
  readonly claim: {
    readonly steps: readonly string[]
    readonly cost: number
    readonly stillReached: readonly string[]
  }
}

function describe(problem: PlanProblem, taken: ReadonlySet<number>): Described {
  const { compiled } = problem
  const ofSuspect = compiled.closures.suspect.run(taken)
  const hard = new Set(compiled.map.protect.filter(({ price }) => price === null).map(({ node }) => node))
  let priced = 0
  const open: string[] = []
  for (const { node, price } of problem.targets) {
    const id = compiled.nodes[node] ?? ''
    if (price === null || !ofSuspect.has(node)) continue
    open.push(id)
    if (!hard.has(id)) priced += price
  }
  const uncut = problem.uncuttable.map(node => compiled.nodes[node] ?? '')
  const cost = findStepCost(problem, taken) + priced + uncutPrice(problem)
  const steps = [...taken].map(step => compiled.steps[step]?.id ?? '').sort()
  return { cost, claim: { steps, cost, stillReached: [...open, ...uncut] } }
}

/** Whether something stays open that has no price. */
function hasOpen(problem: PlanProblem): boolean {
  const { map, nodes } = problem.compiled
  const uncut = new Set(problem.uncuttable.map(node => nodes[node]))
  return map.protect.some(({ node, price }) => price === null && uncut.has(node))
}

/** Every plan pays for a soft target that nothing can close. */
function uncutPrice(problem: PlanProblem): number {
  const { map, nodes } = problem.compiled
  let price = 0
  for (const node of problem.uncuttable) {
    const prices = map.protect.filter(each => each.node === nodes[node]).map(each => each.price)
    if (!prices.includes(null)) price += Math.max(...prices.map(each => each ?? 0))
  }
  return price
}

function findStillReached(
  map: AccessMap,
  level: Belief,
  claim: Described['claim'],
  on: string | undefined,
): readonly Reached[] {
  if (claim.stillReached.length === 0) return []
  const open = new Set(claim.stillReached)
  return findReach(map, level, { taken: claim.steps, ...(on ? { on } : {}) }).filter(({ node }) =>
    open.has(node),
  )
}

function nodesOf(problem: PlanProblem, nodes: readonly number[]): readonly string[] {
  return nodes.map(node => problem.compiled.nodes[node] ?? '')
}

/** The map with these wishes, as a plan is checked against it. */
function withWishes(map: AccessMap, wishes: PlanWishes): AccessMap {
  const { take = [], leave = [] } = wishes
  const loud = wishes.unnoticedOnly ? map.steps.filter(step => step.alerts).map(step => step.id) : []
  return { ...map, force: { in: [...map.force.in, ...take], out: [...map.force.out, ...leave, ...loud] } }
}
