import { makeLiftFinder } from './block-lifts.ts'
import { makeKindestView } from './kindest-view.ts'
import type { Cut } from './plan-cut.ts'
import type { PlanProblem } from './plan-problem.ts'

/**
 * Steps that block each other: each of them is blocked as long as none of them is taken, whatever else of the plan is
 * done. `lifts` are the steps outside the plan that could unblock one of them.
 */
export type StuckGroup = { readonly steps: readonly number[]; readonly lifts: readonly number[] }

/** So many groups of one plan are told; what is left after them is found in the next plan. */
const mostGroups = 20

/**
 * Finds the steps of a plan that no order can bring about. It looks at the plan in the kindest light
 * (`kindest-view.ts`) and sweeps over it, taking each step as soon as it can be taken. Whatever the order of the sweep,
 * it ends with the same steps left. Those can be taken in no order: not in this plan, nor in any other plan that has
 * the same group and none of its lifts.
 */
export function makeStuckFinder(problem: PlanProblem, plan: ReadonlySet<number>) {
  const view = makeKindestView(problem, plan)
  const findLifts = makeLiftFinder(problem, plan, view)
  /** What stays blocked of these steps when the rest of the plan is done. */
  const sweepAlone = (steps: ReadonlySet<number>): ReadonlySet<number> =>
    view.sweep(
      steps,
      [...plan].filter(other => !steps.has(other)),
    )

  /** A group as small as can be: each step is left out in turn, and stays out when the others are stuck without it. */
  function shrink(stuck: ReadonlySet<number>): ReadonlySet<number> {
    let group = stuck
    for (const step of inOrder(stuck)) {
      if (!group.has(step) || group.size === 1) continue
      const rest = new Set(group)
      rest.delete(step)
      const smaller = sweepAlone(rest)
      if (smaller.size > 0) group = smaller
    }
    return group
  }

  return {
    /** The groups of steps that block each other; none when every step can be taken. */
    findGroups(): readonly StuckGroup[] {
      const groups: StuckGroup[] = []
      let left = view.sweep(plan, [])
      const stuck = new Set(left)
      while (left.size > 0 && groups.length < mostGroups) {
        const group = shrink(left)
        const lifts = new Set([...group].flatMap(step => [...(findLifts(step, group) ?? [])]))
        groups.push({ steps: inOrder(group), lifts: [...lifts] })
        // Those that are stuck without this group are a group of their own.
        for (const step of group) stuck.delete(step)
        left = sweepAlone(stuck)
      }
      return groups
    },
    /** How many of the unnoticed steps can be done before any other, at the very most. */
    mostUnnoticed(): number {
      const unnoticed = new Set([...plan].filter(step => problem.compiled.steps[step]?.alerts === false))
      return unnoticed.size - view.sweep(unnoticed, []).size
    },
  }
}

/** What such a group teaches of every plan: leave out one of its steps, or take one that lifts a block. */
export function cutForGroup(group: StuckGroup): Cut {
  return {
    terms: [...group.steps.map(step => [{ leave: step }]), ...group.lifts.map(step => [{ take: step }])],
  }
}

const inOrder = (steps: ReadonlySet<number>): number[] => [...steps].sort((one, other) => one - other)
