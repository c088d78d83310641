import { makeOrderConditions, type StepState } from './order-conditions.ts'
import type { Cut, Literal } from './plan-cut.ts'
import type { PlanProblem } from './plan-problem.ts'
import { cutForGroup, makeStuckFinder, type StuckGroup } from './stuck-groups.ts'

export type SafeOrder =
  | {
      readonly ok: true
      readonly order: readonly number[]
      /** How many steps come before the first that he notices. */
      readonly unnoticed: number
      /** No order of this plan has more. */
      readonly unnoticedIsProven: boolean
    }
  | {
      readonly ok: false
      /** False when the search was cut short: there may be an order all the same. */
      readonly isProven: boolean
      readonly groups: readonly StuckGroup[]
      /** What every plan with a safe order fulfils and this one does not. */
      readonly cuts: readonly Cut[]
    }

/** How many states a search may look at before it gives up and says so. */
const patience = 20_000

/**
 * Looks for an order in which every step of the plan may be taken when its turn comes, with as many steps as can be
 * before the first one he notices. Most plans need no search: one sweep finds the order, or the groups of steps that
 * block each other. What she needs and what she keeps can come and go, so where the sweep finds nothing a search with
 * memory of the states it has seen decides.
 */
export function findSafeOrder(problem: PlanProblem, plan: ReadonlySet<number>): SafeOrder {
  const finder = makeStuckFinder(problem, plan)
  const groups = finder.findGroups()
  if (groups.length > 0) return { ok: false, isProven: true, groups, cuts: groups.map(cutForGroup) }

  const conditions = makeOrderConditions(problem, plan)
  const isQuiet = (step: number): boolean => problem.compiled.steps[step]?.alerts === false
  const steps = [...plan].sort((one, other) => one - other)
  const dead = new Set<string>()
  let looked = 0

  const start = conditions.stateOf(new Set())
  const most = finder.mostQuiet()
  // The way that nearly always works: everything quiet as soon as it may be, then the rest.
  const straight = runQuiet(start)
  const rest = complete(straight.state)
  if (rest && straight.order.length === most)
    return {
      ok: true,
      order: [...straight.order, ...rest],
      unnoticed: straight.order.length,
      unnoticedIsProven: true,
    }

  // Otherwise every state that quiet steps alone can lead to, the furthest first.
  for (const reached of findQuietStates().sort((one, other) => other.order.length - one.order.length)) {
    const after = complete(reached.state)
    if (!after) continue
    const unnoticed = countQuiet([...reached.order, ...after])
    return { ok: true, order: [...reached.order, ...after], unnoticed, unnoticedIsProven: looked < patience }
  }
  return { ok: false, isProven: looked < patience, groups: [], cuts: [cutThisPlan()] }

  function countQuiet(order: readonly number[]): number {
    const first = order.findIndex(step => !isQuiet(step))
    return first === -1 ? order.length : first
  }

  function runQuiet(from: StepState): { readonly state: StepState; readonly order: readonly number[] } {
    const order: number[] = []
    let state = from
    for (let moved = true; moved; ) {
      moved = false
      for (const step of steps) {
        if (!isQuiet(step) || state.done.has(step) || !conditions.mayTake(state, step)) continue
        state = conditions.stateOf(new Set([...state.done, step]))
        order.push(step)
        moved = true
      }
    }
    return { state, order }
  }

  function findQuietStates(): { readonly state: StepState; readonly order: readonly number[] }[] {
    const seen = new Set<string>([''])
    const found = [{ state: start, order: [] as readonly number[] }]
    for (let next = 0; next < found.length && looked < patience; next += 1) {
      const { state, order } = found[next] as { state: StepState; order: readonly number[] }
      for (const step of steps) {
        if (!isQuiet(step) || state.done.has(step)) continue
        const done = new Set([...state.done, step])
        const key = keyOf(done)
        if (seen.has(key)) continue
        looked += 1
        if (!conditions.mayTake(state, step)) continue
        seen.add(key)
        found.push({ state: conditions.stateOf(done), order: [...order, step] })
      }
    }
    return found
  }

  /** The rest of the order from a state, depth first without recursion; null when there is none or patience is at its end. */
  function complete(from: StepState): readonly number[] | null {
    const path: { readonly state: StepState; readonly choices: number[] }[] = []
    const order: number[] = []
    path.push({ state: from, choices: choicesIn(from) })
    for (;;) {
      const top = path.at(-1)
      if (!top) return null
      if (top.state.done.size === plan.size) return order
      const step = top.choices.shift()
      if (step === undefined || looked >= patience) {
        if (looked >= patience) return null
        dead.add(keyOf(top.state.done))
        path.pop()
        order.pop()
        continue
      }
      looked += 1
      const done = new Set([...top.state.done, step])
      if ((dead.size > 0 && dead.has(keyOf(done))) || !conditions.mayTake(top.state, step)) continue
      const state = conditions.stateOf(done)
      order.push(step)
      path.push({ state, choices: choicesIn(state) })
    }
  }

  /** The steps that are left: those that shut most of what he can use now, first. */
  function choicesIn(state: StepState): number[] {
    const { switchesOff, body, head } = problem.compiled.programs.suspect
    const weight = (step: number): number => {
      let shut = 0
      for (let at = switchesOff.starts[step] ?? 0; at < (switchesOff.starts[step + 1] ?? 0); at += 1) {
        const rule = switchesOff.items[at] as number
        if (!state.his.has(head[rule] as number)) continue
        let live = true
        for (let on = body.starts[rule] ?? 0; live && on < (body.starts[rule + 1] ?? 0); on += 1)
          live = state.his.has(body.items[on] as number)
        if (live) shut += 1
      }
      return shut
    }
    return steps
      .filter(step => !state.done.has(step))
      .map(step => ({ step, shut: weight(step) }))
      .sort((one, other) => other.shut - one.shut || one.step - other.step)
      .map(({ step }) => step)
  }

  function keyOf(done: ReadonlySet<number>): string {
    return steps.filter(step => done.has(step)).join(',')
  }

  /** Every plan but exactly this one. */
  function cutThisPlan(): Cut {
    const terms = problem.usable.flatMap((usable, step): Literal[][] =>
      plan.has(step) ? [[{ leave: step }]] : usable ? [[{ take: step }]] : [],
    )
    return { terms }
  }
}
