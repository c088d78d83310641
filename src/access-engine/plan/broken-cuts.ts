import { type Cut, cutForKeep, cutProof, findPlainCuts, isFulfilled } from './plan-cut.ts'
import type { PlanProblem } from './plan-problem.ts'

export type BrokenCuts = {
  /** Proofs of targets that are not cut. */
  readonly proofs: readonly Cut[]
  /** Everything else: plain demands, and what she keeps. */
  readonly others: readonly Cut[]
  /** Kept nodes that no plan can give her. */
  readonly lostForGood: readonly number[]
}

/** Everything this choice of steps breaks, each as something the next choice must fulfil. */
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
  const ofSuspect = problem.compiled.closures.suspect.run(taken)
  return new Set(
    problem.targets.flatMap(({ node, price }, index) =>
      price !== null && ofSuspect.has(node) ? [index] : [],
    ),
  )
}

/** Whether a plan does everything it must. */
export function isSound(problem: PlanProblem, taken: ReadonlySet<number>): boolean {
  const { proofs, others, lostForGood } = findBrokenCuts(problem, taken, findPaid(problem, taken))
  return proofs.length + others.length + lostForGood.length === 0
}
