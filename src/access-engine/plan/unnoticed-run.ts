import { rowOf } from '../reach/program.ts'
import { makeOrderConditions } from './order-conditions.ts'
import type { ReachedState } from './order-search.ts'
import type { PlanProblem } from './plan-problem.ts'
import { findStakes } from './stakes.ts'

/** In a longer run it is not asked of each step whether it can wait. */
const longRun = 40

/**
 * The steps that come before the first that is noticed, in their order: first what keeps evidence, and last what ends a
 * path of the suspected person to something that stays open until it is finished later. A password that is changed days
 * before the other sessions are ended tells them, and they still have the sessions.
 *
 * @param reached the state after all of these steps, with one safe order of them
 */
export function arrangeUnnoticed(
  problem: PlanProblem,
  plan: ReadonlySet<number>,
  reached: ReachedState,
): readonly number[] {
  const { compiled } = problem
  const { stateOf, mayTake } = makeOrderConditions(problem, plan)
  const program = compiled.programs.suspect
  const heldFirst = compiled.closures.suspect.run().keep()
  const stakes = findStakes(problem, plan)
  const keeping = new Set(compiled.map.evidence.flatMap(({ preservedBy }) => preservedBy))

  const isHalf = (step: number): boolean =>
    [...rowOf(program.switchesOff, step)].some(
      rule =>
        rowOf(program.if, rule).length === 0 &&
        rowOf(program.body, rule).every(node => heldFirst.has(node)) &&
        reached.state.ofSuspect.has(program.head[rule] as number),
    ) && stakes.openAfter(reached.state.done).slice(0, stakes.things).some(Boolean)
  const isKeeping = (step: number): boolean => keeping.has(compiled.steps[step]?.id ?? '')

  /** Takes all that can be taken of these, those that keep evidence first. */
  function take(steps: readonly number[], done: readonly number[]): readonly number[] {
    const order = [...done]
    const ranked = [...steps.filter(isKeeping), ...steps.filter(step => !isKeeping(step))]
    let state = stateOf(new Set(order))
    for (let moved = true; moved; ) {
      moved = false
      for (const step of ranked) {
        if (state.done.has(step) || !mayTake(state, step)) continue
        order.push(step)
        state = stateOf(new Set(order))
        moved = true
      }
    }
    return order
  }

  const half = reached.order.filter(isHalf)
  const late: number[] = []
  // Mostly nothing else waits for them. Where something does, each is asked for by itself.
  const others = reached.order.filter(step => !half.includes(step))
  if (take(others, []).length === others.length) late.push(...half)
  else if (reached.order.length <= longRun)
    for (const step of half) {
      const rest = reached.order.filter(other => other !== step && !late.includes(other))
      if (take(rest, []).length === rest.length) late.push(step)
    }
  const early = take(
    reached.order.filter(step => !late.includes(step)),
    [],
  )
  const all = take(late, early)
  return all.length === reached.order.length ? all : reached.order
}
