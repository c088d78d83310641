import { makeOrderSearch } from './order-search.ts'
import type { Cut, Literal } from './plan-cut.ts'
import type { PlanProblem } from './plan-problem.ts'
import { cutForGroup, makeStuckFinder, type StuckGroup } from './stuck-groups.ts'

export type SafeOrder =
  | {
      readonly ok: true
      readonly order: readonly number[]
      /** How many steps come before the first that the suspected person notices. */
      readonly unnoticed: number
      /** True when no order of this plan has more. */
      readonly unnoticedIsProven: boolean
    }
  | {
      readonly ok: false
      /** False when the search gave up: there may still be an order. */
      readonly isProven: boolean
      readonly groups: readonly StuckGroup[]
      /** Demands that every plan with a safe order meets and this one does not. */
      readonly cuts: readonly Cut[]
    }

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
    return { ok: true, order: [...straight.order, ...rest], unnoticed, unnoticedIsProven: true }

  // Otherwise: every state that unnoticed steps alone can lead to, the furthest first.
  const furthestFirst = search
    .findUnnoticedStates()
    .toSorted((one, other) => other.order.length - one.order.length)
  for (const reached of furthestFirst) {
    const after = search.complete(reached.state)
    if (!after) continue
    const order = [...reached.order, ...after]
    const first = order.findIndex(step => !isUnnoticed(step))
    return {
      ok: true,
      order,
      unnoticed: first === -1 ? order.length : first,
      unnoticedIsProven: !search.isCutShort(),
    }
  }
  return { ok: false, isProven: !search.isCutShort(), groups: [], cuts: [cutOnlyThis(problem, plan)] }
}

/** Met by every plan except exactly this one. */
function cutOnlyThis(problem: PlanProblem, plan: ReadonlySet<number>): Cut {
  const terms = problem.usable.flatMap((usable, step): Literal[][] =>
    plan.has(step) ? [[{ leave: step }]] : usable ? [[{ take: step }]] : [],
  )
  return { terms }
}
