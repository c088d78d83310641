import { isSound } from './broken-cuts.ts'
import { costOf } from './plan-cost.ts'
import type { PlanProblem } from './plan-problem.ts'

/**
 * Drops every step that the plan does not need, the dearest first: without it the plan is as sound and costs no more.
 * `mayLeave` can object when the order needs the step. Nothing sound costs less than `bound`.
 */
export function dropNeedless(
  problem: PlanProblem,
  taken: ReadonlySet<number>,
  mayLeave: (rest: ReadonlySet<number>) => boolean,
  bound: number,
): ReadonlySet<number> {
  let plan = new Set(taken)
  let cost = costOf(problem, plan)
  // A step may be needed by another step alone, and be dropped once that one is.
  for (let left = true; left; ) {
    left = false
    const dearestFirst = [...plan].sort(
      (one, other) => (problem.cost[other] ?? 0) - (problem.cost[one] ?? 0) || one - other,
    )
    for (const step of dearestFirst) {
      const rest = new Set(plan)
      rest.delete(step)
      const without = costOf(problem, rest)
      if (without > cost || without < bound || !isSound(problem, rest) || !mayLeave(rest)) continue
      plan = rest
      cost = without
      left = true
    }
  }
  return plan
}
