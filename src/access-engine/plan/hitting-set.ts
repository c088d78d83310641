import { findBrokenCuts } from './broken-cuts.ts'
import { type Cut, cutProof, type Literal } from './plan-cut.ts'
import type { PlanProblem } from './plan-problem.ts'

/**
 * Shortens a cut by leaving literals out, the dearest last. A literal can go when the target is still reached with
 * every step outside the cut taken. What is left names the few steps of which every plan must take one.
 */
export function shortenCut(problem: PlanProblem, target: number, cut: Cut): Cut {
  const { node, price } = problem.targets[target] ?? { node: -1, price: null }
  const literals = cut.terms.flatMap(term => (term[0] ? [term[0]] : []))
  const mayTake = new Set(literals.flatMap(literal => ('take' in literal ? [literal.take] : [])))
  const mayLeave = new Set(literals.flatMap(literal => ('leave' in literal ? [literal.leave] : [])))
  const outside = new Set<number>()
  for (const [step, usable] of problem.usable.entries()) if (usable && !mayTake.has(step)) outside.add(step)
  const holds = (): boolean => problem.compiled.closures.suspect.run(outside, mayLeave).has(node)
  for (const step of [...mayLeave].sort(byNumber)) {
    mayLeave.delete(step)
    if (!holds()) mayLeave.add(step)
  }
  const cheapestFirst = [...mayTake].sort(
    (one, other) => (problem.cost[one] ?? 0) - (problem.cost[other] ?? 0) || one - other,
  )
  for (const step of cheapestFirst) {
    outside.add(step)
    if (holds()) mayTake.delete(step)
    else outside.delete(step)
  }
  return {
    terms: [
      ...[...mayTake].sort(byNumber).map(step => [{ take: step }]),
      ...[...mayLeave].sort(byNumber).map(step => [{ leave: step }]),
      ...(price === null ? [] : [[{ pay: target }]]),
    ],
  }
}

export type HittingRound = {
  /** Short cuts for what this choice of steps breaks: as many as one round finds that have no step in common. */
  readonly cuts: readonly Cut[]
  /** The same choice with everything that is wrong repaired by the cheapest means; null when that failed. */
  readonly mended: ReadonlySet<number> | null
  readonly lostForGood: readonly number[]
}

/**
 * One round of the implicit hitting set method. A hitting set takes at least one step of every proof found so far.
 * The solver gives the cheapest one; this round finds the proofs it does not hit, and a plan that hits them all. When
 * there are none, the steps are the cheapest plan.
 */
export function findHittingRound(
  problem: PlanProblem,
  taken: ReadonlySet<number>,
  paid: ReadonlySet<number>,
): HittingRound {
  const cuts: Cut[] = []
  // The steps of all cuts found so far, so that the next proof has no step in common with them.
  const wide = new Set(taken)
  for (const [index, { node, price }] of problem.targets.entries()) {
    if (paid.has(index)) continue
    for (let more = 0; more < 50; more += 1) {
      const ofSuspect = problem.compiled.closures.suspect.run(wide, taken)
      if (!ofSuspect.has(node)) break
      const cut = shortenCut(problem, index, cutProof(problem, ofSuspect, index))
      cuts.push(cut)
      const steps = cut.terms.flatMap(term =>
        term.flatMap(literal => ('take' in literal ? [literal.take] : [])),
      )
      if (steps.length === 0 || price !== null) {
        for (const step of steps) wide.add(step)
        break
      }
      for (const step of steps) wide.add(step)
    }
  }
  const { others, lostForGood } = findBrokenCuts(problem, taken, paid)
  const mended = lostForGood.length > 0 ? null : mend(problem, taken, paid)
  return { cuts: [...cuts, ...others], lostForGood, mended }
}

/** Repairs what is wrong, each time by the cheapest term. Gives up when that goes in circles. */
export function mend(
  problem: PlanProblem,
  start: ReadonlySet<number>,
  paidAtStart: ReadonlySet<number> = new Set(),
): ReadonlySet<number> | null {
  const taken = new Set(start)
  const paid = new Set(paidAtStart)
  const touched = new Map<string, number>()
  for (let round = 0; round < 4 * problem.cost.length + 20; round += 1) {
    const { proofs, others, lostForGood } = findBrokenCuts(problem, taken, paid)
    if (lostForGood.length > 0) return null
    const cut = others[0] ?? proofs[0]
    if (!cut) return taken
    const term = cut.terms
      .map(each => ({ each, price: priceOf(problem, each, touched) }))
      .sort((one, other) => one.price - other.price)[0]
    if (!term || term.price === Number.POSITIVE_INFINITY) return null
    for (const literal of term.each) {
      const key = JSON.stringify(literal)
      touched.set(key, (touched.get(key) ?? 0) + 1)
      if ('take' in literal) taken.add(literal.take)
      else if ('leave' in literal) taken.delete(literal.leave)
      else paid.add(literal.pay)
    }
  }
  return null
}

function priceOf(
  problem: PlanProblem,
  term: readonly Literal[],
  touched: ReadonlyMap<string, number>,
): number {
  let price = 0
  for (const literal of term) {
    if ('take' in literal) {
      if (!problem.usable[literal.take]) return Number.POSITIVE_INFINITY
      price += problem.cost[literal.take] ?? 0
    } else if ('leave' in literal) {
      if (problem.forcedIn.includes(literal.leave)) return Number.POSITIVE_INFINITY
    } else price += problem.targets[literal.pay]?.price ?? 0
    // What was tried before becomes dearer, so that two demands that undo each other come to an end.
    price += (touched.get(JSON.stringify(literal)) ?? 0) * 1_000
  }
  return price
}

function byNumber(one: number, other: number): number {
  return one - other
}
