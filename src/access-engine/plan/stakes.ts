import { type Held, makeClosure } from '../reach/closure.ts'
import type { PlanProblem } from './plan-problem.ts'

/**
 * What is at stake while a plan is carried out, and what closes it. A thing that the client keeps is at stake while the
 * suspected person reaches it, and also while they reach another kept thing that opened it before the plan: who holds
 * the mailbox can have the account behind it reset, or ask for it back. What is protected is at stake while it is
 * reached. What no step of the plan closes is no stake: it is the same in every order.
 */
export type Stakes = {
  readonly nodes: readonly number[]
  /** How much each stake counts in one unit of time. One kept thing counts more than all that is protected, for the whole plan. */
  readonly weights: readonly number[]
  /** Whether each stake is open once these steps are done, as far as a safe order can come to that. */
  readonly openAfter: (done: Iterable<number>) => readonly boolean[]
  /** What the suspected person holds then. */
  readonly holdsAfter: (done: Iterable<number>) => Held
}

/** How many minutes of work a step takes. */
export function timeOfStep(problem: PlanProblem, step: number): number {
  return problem.compiled.steps[step]?.minutes ?? 1
}

/**
 * The stakes of one plan. In a safe order nothing that a step makes is ever of use to the suspected person, so all is asked
 * without the rules that steps switch on: then more steps never open more.
 */
export function findStakes(problem: PlanProblem, plan: ReadonlySet<number>): Stakes {
  const { compiled, keep, targets } = problem
  const { closures, programs, map, nodes: ids } = compiled
  const secrets = new Set(map.nodes.filter(({ kind }) => kind === 'secret').map(({ id }) => id))
  const inTheEnd = closures.suspect.run(plan, []).keep()
  const base = ids.flatMap((id, node) => (inTheEnd.has(node) && !secrets.has(id) ? [node] : []))
  const isClosedInTheEnd = (node: number): boolean => !inTheEnd.has(node)
  const kept = keep.filter(isClosedInTheEnd)
  const others = targets
    .map(({ node }) => node)
    .filter(node => isClosedInTheEnd(node) && !kept.includes(node))
  const nodes = [...kept, ...others]

  /** Which kept things somebody opens today who has these. */
  const openedToday = (held: readonly number[]): readonly boolean[] => {
    const reach = makeClosure({ ...programs.suspect, holds: Int32Array.from(held) }).run()
    return kept.map(node => reach.has(node))
  }
  const openedByAll = openedToday(base)
  const openedBy = new Map<string, readonly boolean[]>()

  function openAfter(done: Iterable<number>): readonly boolean[] {
    const held = closures.suspect.run(done, [])
    const reached = nodes.map(node => held.has(node))
    const roots = kept.filter((_, index) => reached[index])
    if (roots.length === 0) return reached
    const key = roots.join(',')
    const opened = openedBy.get(key) ?? openedToday([...base, ...roots])
    openedBy.set(key, opened)
    return reached.map(
      (isReached, index) => isReached || (opened[index] === true && openedByAll[index] === false),
    )
  }

  const time = [...plan].reduce((sum, step) => sum + timeOfStep(problem, step), 0)
  const heavy = 1 + time * others.length
  // Where the two together would be too large for whole numbers, only what is kept counts.
  const isExact = Number.isSafeInteger(heavy * (1 + time) * (1 + kept.length))
  const weights = [...kept.map(() => (isExact ? heavy : 1)), ...others.map(() => (isExact ? 1 : 0))]
  return { nodes, weights, openAfter, holdsAfter: done => closures.suspect.run(done, []).keep() }
}
