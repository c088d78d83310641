import type { Cut } from './plan-cut.ts'
import type { PlanProblem } from './plan-problem.ts'
import { type FoundPlan, startSearch } from './plan-search.ts'
import { findSafeOrder, type SafeOrder } from './safe-order.ts'
import type { Solver } from './solver.ts'
import type { StuckGroup } from './stuck-groups.ts'

export type OrderedPlan =
  | {
      readonly status: 'optimal' | 'gap'
      readonly taken: ReadonlySet<number>
      readonly cost: number
      readonly bound: number
      readonly order: readonly number[]
      readonly unnoticed: number
      /** True when no plan of this cost, in any order, has more steps before the first that is noticed. */
      readonly unnoticedIsProven: boolean
      /** True when no safe order of this plan, with as many unnoticed steps first, leaves less to seize. */
      readonly leastIsProven: boolean
      /** More time would find nothing else: it is proven, or a plan so long is not compared with others of its cost. */
      readonly isFinal: boolean
      readonly rounds: number
    }
  | {
      readonly status: 'infeasible' | 'unknown'
      readonly why: string
      /** Steps that block each other in the plans that were tried, the cheapest plan first. */
      readonly groups: readonly StuckGroup[]
      readonly lost: readonly number[]
      readonly bound: number
    }

/** After this many plans of one cost, the number of unnoticed steps is compared no further. */
const mostTies = 24

/**
 * Plans with more steps than this are not compared with others of the same cost: there are too many, and they differ
 * little.
 */
const longPlan = 40

/**
 * Finds plan and order together, because the cheapest plan often has no safe order. A plan without one shows which
 * steps block each other, and the next plan avoids that. Among the cheapest plans it takes the one with the most
 * steps before the first that the suspected person notices, and orders its steps so that they leave the least to seize.
 */
export async function planInOrder(problem: PlanProblem, solver: Solver, limit: number): Promise<OrderedPlan> {
  const end = solver.now() + limit
  const search = startSearch(problem, solver, 'integer-program')
  const groups: StuckGroup[] = []
  let isSure = true
  let bound = 0
  try {
    for (let round = 1; ; round += 1) {
      const left = end - solver.now()
      const found: FoundPlan =
        left > 0 ? await search.next(left) : { status: 'unknown', why: 'the time was up' }
      if (found.status === 'infeasible' && isSure)
        return { status: 'infeasible', why: whyNone(groups), groups, lost: found.lost, bound }
      if (found.status === 'infeasible' || found.status === 'unknown') {
        const why = found.status === 'unknown' ? found.why : 'no order was found before patience ran out'
        return { status: 'unknown', why, groups, lost: [], bound }
      }
      // Once the search gave up on a plan without proof, later plans prove nothing about it.
      if (isSure) bound = Math.max(bound, found.bound)
      const order = findSafeOrder(problem, found.taken)
      if (!order.ok) {
        if (!order.isProven) isSure = false
        if (groups.length < 50) groups.push(...order.groups)
        search.add(order.cuts)
        continue
      }
      const isBest = isSure && found.status === 'optimal'
      const first = { found, order }
      const best = isBest ? await findMostUnnoticed(first, end) : first
      const least = best.order.leaveLeast()
      return {
        status: isBest ? 'optimal' : 'gap',
        taken: best.found.taken,
        cost: best.found.cost,
        bound: Math.min(bound, best.found.cost),
        order: least.order,
        unnoticed: best.order.unnoticed,
        unnoticedIsProven: isBest && best.order.unnoticedIsProven && 'all' in best,
        leastIsProven: least.isProven,
        isFinal:
          isBest && best.order.unnoticedIsProven && ('all' in best || first.found.taken.size > longPlan),
        rounds: round,
      }
    }
  } finally {
    search.close()
  }

  type Pair = {
    readonly found: Extract<FoundPlan, { taken: ReadonlySet<number> }>
    readonly order: Extract<SafeOrder, { ok: true }>
  }

  /** Tries the other plans of the same cost; `all` is set in the answer when there are no more. */
  async function findMostUnnoticed(first: Pair, until: number): Promise<Pair & { readonly all?: true }> {
    let best = first
    if (first.found.taken.size > longPlan) return best
    if (first.order.unnoticed === first.found.taken.size && first.found.taken.size === 0)
      return { ...best, all: true }
    search.add([leaveOneOf(first.found.taken)])
    for (let tie = 0; tie < mostTies; tie += 1) {
      const left = until - solver.now()
      if (left <= 0) return best
      const found = await search.next(left)
      if (found.status === 'infeasible') return { ...best, all: true }
      if (found.status !== 'optimal') return best
      if (found.cost > first.found.cost) return { ...best, all: true }
      const order = findSafeOrder(problem, found.taken)
      if (!order.ok) {
        search.add(order.cuts)
        if (!order.isProven) return best
        continue
      }
      if (order.unnoticed > best.order.unnoticed) best = { found, order }
      search.add([leaveOneOf(found.taken)])
    }
    return best
  }
}

/** Met by every plan that does not have all these steps. */
export function leaveOneOf(taken: ReadonlySet<number>): Cut {
  return { terms: [...taken].sort((one, other) => one - other).map(step => [{ leave: step }]) }
}

function whyNone(groups: readonly StuckGroup[]): string {
  return groups.length > 0
    ? 'no plan has a safe order'
    : 'no plan closes everything and leaves the client what they keep'
}
