import { leaveLeastToSeize } from './least-to-seize.ts'
import { makeOrderSearch, type OrderSearch, type ReachedState } from './order-search.ts'
import type { Cut, Literal } from './plan-cut.ts'
import type { PlanProblem } from './plan-problem.ts'
import { cutForGroup, makeStuckFinder, type StuckGroup } from './stuck-groups.ts'
import { arrangeUnnoticed } from './unnoticed-run.ts'

export type SafeOrder =
  | {
      readonly ok: true
      readonly order: readonly number[]
      /** How many steps come before the first that the suspected person notices. */
      readonly unnoticed: number
      /** True when no order of this plan has more. */
      readonly unnoticedIsProven: boolean
      /** Orders the same plan so that it leaves the least to seize. It takes a while, so it is for the plan that is shown. */
      readonly leaveLeast: () => LeastOrder
    }
  | {
      readonly ok: false
      /** False when the search gave up: there may still be an order. */
      readonly isProven: boolean
      readonly groups: readonly StuckGroup[]
      /** Demands that every plan with a safe order meets and this one does not. */
      readonly cuts: readonly Cut[]
    }

export type LeastOrder = {
  readonly order: readonly number[]
  /** True when no safe order of this plan with as many unnoticed steps first leaves less to seize. */
  readonly isProven: boolean
}

/** So many sets of first steps are compared. */
const mostStarts = 12

/**
 * Finds an order in which every step of the plan may be taken at its place, with as many steps as possible before the
 * first that the suspected person notices. Most plans need no search: one sweep finds the order, or the groups of
 * steps that block each other. What the client needs and keeps can come and go along the path, so a sweep may find
 * neither. Then a search over the states of the plan decides.
 */
export function findSafeOrder(problem: PlanProblem, plan: ReadonlySet<number>): SafeOrder {
  const finder = makeStuckFinder(problem, plan)
  const groups = finder.findGroups()
  if (groups.length > 0) return { ok: false, isProven: true, groups, cuts: groups.map(cutForGroup) }

  const isUnnoticed = (step: number): boolean => problem.compiled.steps[step]?.alerts === false
  const search = makeOrderSearch(problem, plan, isUnnoticed)
  // What nearly always works: everything unnoticed as soon as possible, then the rest.
  const straight = search.takeUnnoticed(search.start)
  const rest = search.complete(straight.state)
  const unnoticed = straight.order.length
  if (rest && unnoticed === finder.mostUnnoticed())
    return {
      ok: true,
      order: [...straight.order, ...rest],
      unnoticed,
      unnoticedIsProven: true,
      leaveLeast: () => leaveLeastFrom(problem, plan, search, [{ reached: straight, rest }]),
    }

  // Otherwise: every state that unnoticed steps alone can lead to, the furthest first.
  const furthestFirst = search
    .findUnnoticedStates()
    .toSorted((one, other) => other.order.length - one.order.length)
  for (const [place, reached] of furthestFirst.entries()) {
    const after = search.complete(reached.state)
    if (!after) continue
    const order = [...reached.order, ...after]
    const first = order.findIndex(step => !isUnnoticed(step))
    const asFar = furthestFirst.slice(place + 1).filter(other => other.order.length === reached.order.length)
    return {
      ok: true,
      order,
      unnoticed: first === -1 ? order.length : first,
      unnoticedIsProven: !search.isCutShort(),
      leaveLeast: () =>
        leaveLeastFrom(problem, plan, search, [{ reached, rest: after }, ...completeAll(asFar)]),
    }
  }
  return { ok: false, isProven: !search.isCutShort(), groups: [], cuts: [cutOnlyThis(problem, plan)] }

  function completeAll(states: readonly ReachedState[]): readonly Start[] {
    return states.slice(0, mostStarts).flatMap(reached => {
      const after = search.complete(reached.state)
      return after ? [{ reached, rest: after }] : []
    })
  }
}

/** What was done unnoticed, and an order of the rest. */
type Start = { readonly reached: ReachedState; readonly rest: readonly number[] }

/** The least of all that have as many unnoticed steps first. */
function leaveLeastFrom(
  problem: PlanProblem,
  plan: ReadonlySet<number>,
  search: OrderSearch,
  starts: readonly Start[],
): LeastOrder {
  let best: { readonly order: readonly number[]; readonly sum: number } | null = null
  let isProven = !search.isCutShort() && starts.length < mostStarts
  for (const { reached, rest } of starts) {
    const least = leaveLeastToSeize(problem, plan, search, reached.state, rest)
    isProven &&= least.isProven
    if (best && best.sum <= least.sum) continue
    best = { order: [...arrangeUnnoticed(problem, plan, reached), ...least.rest], sum: least.sum }
  }
  return { order: best?.order ?? [], isProven }
}

/** Met by every plan except exactly this one. */
function cutOnlyThis(problem: PlanProblem, plan: ReadonlySet<number>): Cut {
  const terms = problem.usable.flatMap((usable, step): Literal[][] =>
    plan.has(step) ? [[{ leave: step }]] : usable ? [[{ take: step }]] : [],
  )
  return { terms }
}
