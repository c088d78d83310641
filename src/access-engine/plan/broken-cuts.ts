import { type Cut, cutForKeep, cutProof, findPlainCuts, isFulfilled } from './plan-cut.ts'
import type { PlanProblem } from './plan-problem.ts'

export type BrokenCuts = {
  /** One cut for each target that is still reached. */
  readonly proofs: readonly Cut[]
  /** All other demands that are not met: the plain ones, and what the client keeps. */
  readonly others: readonly Cut[]
  /** Kept nodes that no plan can give the client. */
  readonly lostForGood: readonly number[]
}

/** Every demand this choice of steps does not meet (a broken cut). The next choice must meet them. */
export function findBrokenCuts(
  problem: PlanProblem,
  taken: ReadonlySet<number>,
  paid: ReadonlySet<number>,
): BrokenCuts {
  const others = findPlainCuts(problem).filter(cut => !isFulfilled(cut, taken, paid))
  const proofs: Cut[] = []
  const ofSuspect = problem.compiled.closures.suspect.run(taken)
  for (const [index, { node }] of problem.targets.entries())
    if (ofSuspect.has(node) && !paid.has(index)) proofs.push(cutProof(problem, ofSuspect, index))
  const ofClient = problem.compiled.closures.client.run(taken)
  const lostForGood: number[] = []
  for (const node of problem.keep) {
    if (ofClient.has(node)) continue
    const cut = cutForKeep(problem, ofClient, taken, node)
    if (cut) others.push(cut)
    else lostForGood.push(node)
  }
  return { proofs, others, lostForGood }
}

/** The protected things that may stay open for a price, and do. */
export function findPaid(problem: PlanProblem, taken: ReadonlySet<number>): ReadonlySet<number> {
  if (problem.targets.every(({ price }) => price === null)) return new Set()
  const ofSuspect = problem.compiled.closures.suspect.run(taken)
  return new Set(
    problem.targets.flatMap(({ node, price }, index) =>
      price !== null && ofSuspect.has(node) ? [index] : [],
    ),
  )
}

/** Whether a plan meets every demand: as if no cut were broken, without making one. */
export function isSound(problem: PlanProblem, taken: ReadonlySet<number>): boolean {
  const { forcedIn, usable, requires, excludes, targets, keep, compiled } = problem
  if (!forcedIn.every(step => taken.has(step))) return false
  for (const step of taken) if (usable[step] !== true) return false
  if (requires.some(({ step, any }) => taken.has(step) && !any.some(other => taken.has(other)))) return false
  if (excludes.some(([one, other]) => taken.has(one) && taken.has(other))) return false
  const ofSuspect = compiled.closures.suspect.run(taken)
  // What has a price may stay open, and is then paid for.
  if (targets.some(({ node, price }) => price === null && ofSuspect.has(node))) return false
  const ofClient = compiled.closures.client.run(taken)
  return keep.every(node => ofClient.has(node))
}
