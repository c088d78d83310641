import type { PlanProblem } from './plan-problem.ts'
import { findTimedSteps } from './timed-steps.ts'

/** What is done first where nothing else decides. */
export type Haste = {
  /** Steps to be done before all others, in this order: what keeps evidence, the first to go first, and what starts a clock. */
  readonly first: readonly number[]
  /** Of those, the ones that keep evidence. */
  readonly keeping: ReadonlySet<number>
  /** From 0 up to, not with, 1: those first, then all others, then looks that have to wait. */
  readonly rankOf: (step: number) => number
}

/** Which steps of a plan have no time to lose, and which have to wait anyway. */
export function findHaste(problem: PlanProblem, plan: ReadonlySet<number>): Haste {
  const { map, stepAt } = problem.compiled
  const inPlan = (ids: readonly string[]): readonly number[] =>
    ids.flatMap(id => stepAt.get(id) ?? []).filter(step => plan.has(step))
  const goes = new Map<number, number>()
  for (const each of map.evidence)
    for (const step of inPlan(each.preservedBy))
      goes.set(
        step,
        Math.min(each.goes ?? Number.POSITIVE_INFINITY, goes.get(step) ?? Number.POSITIVE_INFINITY),
      )
  const looks = findTimedSteps(problem, plan)
  const waitOf = (look: number): number => problem.compiled.steps[look]?.waits ?? 0
  // The longest clock is started first, and the shortest is over first.
  const ranked = looks.toSorted(
    (one, other) => waitOf(other.look) - waitOf(one.look) || one.look - other.look,
  )
  const acts = ranked.flatMap(look => look.acts.flat().filter(step => plan.has(step)))
  const keeping = [...goes].sort(([one, first], [other, second]) => compare(first, second) || one - other)
  const first = [...new Set([...keeping.map(([step]) => step), ...acts])]
  const last = ranked.map(({ look }) => look).toReversed()
  const size = first.length + last.length + 2
  const places = new Map([
    ...first.map((step, index) => [step, index] as const),
    ...last.map((step, index) => [step, first.length + 1 + index] as const),
  ])
  return { first, keeping: new Set(goes.keys()), rankOf: step => (places.get(step) ?? first.length) / size }
}

/** Also of two that are both infinite. */
const compare = (one: number, other: number): number => (one === other ? 0 : one < other ? -1 : 1)
