import { makeLiftFinder } from './block-lifts.ts'
import { makeKindestView } from './kindest-view.ts'
import type { Cut } from './plan-cut.ts'
import type { PlanProblem } from './plan-problem.ts'

/**
 * Steps that block each other: as long as none of them is taken, each of them is blocked, whatever else of the plan
 * is done. `lifts` are the steps outside the plan that could unblock one of them.
 */
export type StuckGroup = { readonly steps: readonly number[]; readonly lifts: readonly number[] }

/** At most this many groups of one plan are reported. The rest is found in the next plan. */
const mostGroups = 20

/**
 * Finds the steps of a plan that no order can bring about. It takes the plan in the kindest light (`kindest-view.ts`)
 * and sweeps over it: each step is taken as soon as it can be. Every sweep ends with the same steps left, whatever
 * its order. No order can take those: not in this plan, nor in any other plan with the same group and none of its
 * lifts.
 */
export function makeStuckFinder(problem: PlanProblem, plan: ReadonlySet<number>) {
  const view = makeKindestView(problem, plan)
  const findLifts = makeLiftFinder(problem, plan, view)
  /** The steps of these that stay blocked when the rest of the plan is done. */
  const sweepAlone = (steps: ReadonlySet<number>): ReadonlySet<number> =>
    view.sweep(
      steps,
      [...plan].filter(other => !steps.has(other)),
    )

  /**
   * Makes a group as small as possible: leaves each step out once, for good if the others are still stuck without it.
   */
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
    /** The groups of steps that block each other; empty when every step can be taken. */
    findGroups(): readonly StuckGroup[] {
      const groups: StuckGroup[] = []
      let left = view.sweep(plan, [])
      const stuck = new Set(left)
      while (left.size > 0 && groups.length < mostGroups) {
        const group = shrink(left)
        const lifts = new Set([...group].flatMap(step => [...(findLifts(step, group) ?? [])]))
        groups.push({ steps: inOrder(group), lifts: [...lifts] })
        // Steps that are stuck without this group are a group of their own.
        for (const step of group) stuck.delete(step)
        left = sweepAlone(stuck)
      }
      return groups
    },
    /** The most unnoticed steps that can be done before any other. */
    mostUnnoticed(): number {
      const unnoticed = new Set([...plan].filter(step => problem.compiled.steps[step]?.alerts === false))
      return unnoticed.size - view.sweep(unnoticed, []).size
    },
  }
}

/** What a group teaches about every plan: leave out one of its steps, or take a step that lifts a block. */
export function cutForGroup(group: StuckGroup): Cut {
  return {
    terms: [...group.steps.map(step => [{ leave: step }]), ...group.lifts.map(step => [{ take: step }])],
  }
}

const inOrder = (steps: ReadonlySet<number>): number[] => [...steps].sort((one, other) => one - other)
