import { type Held, makeClosure } from '../reach/closure.ts'
import type { PlanProblem } from './plan-problem.ts'
import { countTimed, findTimedSteps, isBegun } from './timed-steps.ts'

/**
 * What is at stake while a plan is carried out, and what closes it. A thing that the client keeps is at stake while the
 * suspected person reaches it, and also while they reach another kept thing that opened it before the plan: who holds
 * the mailbox can have the account behind it reset, or ask for it back. What is protected is at stake while it is
 * reached. What no step of the plan closes is no stake: it is the same in every order.
 *
 * What has a clock counts once more, until nothing more can be done for it but wait: the acts are done, and what the clock is to
 * close is not open otherwise, for then they could take the acts back. A clock that does not run yet counts as something
 * protected does. Evidence that goes by itself is at stake until it is kept.
 */
export type Stakes = {
  /** How many of the stakes, the first ones, are things that are kept or protected. The others are clocks and evidence. */
  readonly things: number
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
// Rule S9: what has a clock is closed before what has none, and evidence that goes by itself is at stake until it is kept
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
  const looks = findTimedSteps(problem, plan)
  const clocks = looks
    .filter(look => !isBegun(look, new Set()))
    .map(look => ({ ...look, ends: look.ends.filter(isClosedInTheEnd) }))
  const dated = findDated(problem, plan)

  /** Which kept things somebody opens today who has these. */
  const openedToday = (held: readonly number[]): readonly boolean[] => {
    const reach = makeClosure({ ...programs.suspect, holds: Int32Array.from(held) }).run()
    return kept.map(node => reach.has(node))
  }
  const openedByAll = openedToday(base)
  const openedBy = new Map<string, readonly boolean[]>()

  function openAfter(done: Iterable<number>): readonly boolean[] {
    const before = new Set(done)
    const held = closures.suspect.run(countTimed(looks, before), [])
    const reached = nodes.map(node => held.has(node))
    const isWaiting = clocks.map(clock => !isBegun(clock, before))
    const beside = [
      ...clocks.map(({ ends }, index) => isWaiting[index] === true || ends.some(node => held.has(node))),
      ...isWaiting,
      ...dated.map(({ by }) => !by.some(step => before.has(step))),
    ]
    const roots = kept.filter((_, index) => reached[index])
    if (roots.length === 0) return [...reached, ...beside]
    const key = roots.join(',')
    const opened = openedBy.get(key) ?? openedToday([...base, ...roots])
    openedBy.set(key, opened)
    const left = reached.map(
      (isReached, index) => isReached || (opened[index] === true && openedByAll[index] === false),
    )
    return [...left, ...beside]
  }

  const heavy: Count = { heavy: 1, light: 0 }
  const light: Count = { heavy: 0, light: 1 }
  const counts = [
    ...kept.map(() => heavy),
    ...others.map(() => light),
    ...clocks.map(({ ends }) => (ends.some(node => kept.includes(node)) ? heavy : light)),
    ...clocks.map(() => light),
    // Of two pieces that take as long to keep, the one that goes first.
    ...dated.map(({ goes }) => ({ heavy: 1, light: dated.filter(other => other.goes > goes).length })),
  ]
  const weights = weighStakes(
    counts,
    [...plan].reduce((sum, step) => sum + timeOfStep(problem, step), 0),
  )
  return {
    things: nodes.length,
    weights,
    openAfter,
    holdsAfter: done => closures.suspect.run(done, []).keep(),
  }
}

/** The evidence that goes by itself and that the plan keeps: after how many hours it goes, and the steps that keep it. */
function findDated(
  { compiled }: PlanProblem,
  plan: ReadonlySet<number>,
): readonly { readonly goes: number; readonly by: readonly number[] }[] {
  return compiled.map.evidence.flatMap(({ goes, preservedBy }) => {
    const by = preservedBy.flatMap(id => compiled.stepAt.get(id) ?? []).filter(step => plan.has(step))
    return goes === undefined || by.length === 0 ? [] : [{ goes, by }]
  })
}

type Count = { readonly heavy: number; readonly light: number }

/** One heavy stake counts more than all light ones, for the whole plan. */
function weighStakes(counts: readonly Count[], time: number): readonly number[] {
  const sum = (of: (count: Count) => number): number => counts.reduce((all, each) => all + of(each), 0)
  const heaviest = 1 + time * sum(each => each.light)
  // Where the two together would be too large for whole numbers, only the heavy ones count.
  const isExact = Number.isSafeInteger(heaviest * (1 + time) * (1 + sum(each => each.heavy)))
  return counts.map(each => (isExact ? heaviest * each.heavy + each.light : each.heavy))
}
