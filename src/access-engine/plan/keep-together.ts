import { findStepFacts } from './order-conditions.ts'
import type { PlanProblem } from './plan-problem.ts'

/**
 * Ranks the steps of an order so that what belongs together is not torn apart: steps that wait for each other, and what
 * keeps the evidence that one of them destroys, stand where the last of them stands. So a password is not changed
 * long before the other sessions are ended.
 *
 * @param order an order of steps
 * @param placeOf steps of different places are never put together
 */
export function rankTogether(
  problem: PlanProblem,
  plan: ReadonlySet<number>,
  order: readonly number[],
  placeOf: (step: number) => number,
): (step: number) => number {
  const facts = findStepFacts(problem, plan)
  const leader = new Map(order.map(step => [step, step]))
  const leaderOf = (step: number): number => {
    let at = step
    for (let above = leader.get(at) ?? at; above !== at; above = leader.get(at) ?? at) at = above
    return at
  }
  for (const step of order) {
    const fact = facts[step]
    for (const other of [...(fact?.after ?? []), ...(fact?.preservers.flat() ?? [])])
      if (leader.has(other) && placeOf(other) === placeOf(step)) leader.set(leaderOf(other), leaderOf(step))
  }
  const last = new Map<number, number>()
  for (const [index, step] of order.entries()) last.set(leaderOf(step), index)
  const ranked = order
    .map((step, index) => ({ step, index, place: placeOf(step), last: last.get(leaderOf(step)) ?? index }))
    .sort((one, other) => one.place - other.place || one.last - other.last || one.index - other.index)
  const ranks = new Map(ranked.map(({ step }, rank) => [step, rank]))
  return step => ranks.get(step) ?? order.length
}
