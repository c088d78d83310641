import { findPaid } from './broken-cuts.ts'
import type { PlanProblem } from './plan-problem.ts'

/** What a plan costs: its steps, what is paid once, the evidence it loses, and the price of what stays open. */
export function costOf(problem: PlanProblem, taken: ReadonlySet<number>): number {
  let cost = findStepCost(problem, taken)
  for (const index of findPaid(problem, taken)) cost += problem.targets[index]?.price ?? 0
  return cost
}

/** The same without what stays open. */
export function findStepCost(problem: PlanProblem, taken: ReadonlySet<number>): number {
  let cost = 0
  for (const step of taken) cost += problem.cost[step] ?? 0
  for (const { cost: once, any } of problem.shared) if (any.some(step => taken.has(step))) cost += once
  for (const { weight, destroyedBy, preservedBy } of problem.evidence) {
    if (destroyedBy.some(step => taken.has(step)) && !preservedBy.some(step => taken.has(step)))
      cost += weight
  }
  return cost
}
