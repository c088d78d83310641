import { rowOf } from '../reach/program.ts'
import { findHaste } from './haste.ts'
import { makeOrderConditions, type StepState } from './order-conditions.ts'
import type { ReachedState } from './order-search.ts'
import type { PlanProblem } from './plan-problem.ts'
import { findStakes } from './stakes.ts'

/** In a longer run it is not asked of each step whether it can wait, or what it must wait for. */
const longRun = 40

/**
 * The steps that come before the first that is noticed, in their order: first what keeps evidence, the first to go first, then what
 * starts a clock, each with no more before it than it needs. Last what ends a path of the suspected person to something that
 * stays open until it is finished later: a password that is changed days before the other sessions are ended tells them, and
 * they still have the sessions. Looks that have to wait come last of all.
 *
 * @param reached the state after all of these steps, with one safe order of them
 */
// Rule S9: before anything is noticed, evidence is kept first, by its date, and then clocks are started
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
  const { first, keeping, rankOf } = findHaste(problem, plan)

  const isHalf = (step: number): boolean =>
    !keeping.has(step) &&
    [...rowOf(program.switchesOff, step)].some(
      rule =>
        rowOf(program.if, rule).length === 0 &&
        rowOf(program.body, rule).every(node => heldFirst.has(node)) &&
        reached.state.ofSuspect.has(program.head[rule] as number),
    ) &&
    stakes.openAfter(reached.state.done).slice(0, stakes.things).some(Boolean)

  /** Takes all that can be taken of these, what has no time to lose first. */
  function take(steps: readonly number[], from: Run): Run {
    let { order, state } = from
    const ranked = steps.toSorted((one, other) => rankOf(one) - rankOf(other))
    const next = (): number | undefined => ranked.find(step => !state.done.has(step) && mayTake(state, step))
    for (let step = next(); step !== undefined; step = next()) {
      order = [...order, step]
      state = stateOf(new Set(order))
    }
    return { order, state }
  }

  /** The same for one step, with as little as possible of the others before it. */
  function takeOne(step: number, others: readonly number[], from: Run): Run {
    if (from.state.done.has(step)) return from
    let before = from
    if (!mayTake(from.state, step)) {
      let needed = others.filter(other => other !== step && !from.state.done.has(other))
      const isEnough = (these: readonly number[]): boolean => mayTake(take(these, from).state, step)
      if (!isEnough(needed)) return from
      for (const other of needed.toReversed()) {
        const fewer = needed.filter(each => each !== other)
        if (isEnough(fewer)) needed = fewer
      }
      before = take(needed, from)
    }
    const order = [...before.order, step]
    return { order, state: stateOf(new Set(order)) }
  }

  const start: Run = { order: [], state: stateOf(new Set()) }
  const late: number[] = []
  const half = reached.order.filter(isHalf)
  // Mostly nothing else waits for them. Where something does, each is asked for by itself.
  const others = reached.order.filter(step => !half.includes(step))
  if (take(others, start).order.length === others.length) late.push(...half)
  else if (reached.order.length <= longRun)
    for (const step of half) {
      const rest = reached.order.filter(other => other !== step && !late.includes(other))
      if (take(rest, start).order.length === rest.length) late.push(step)
    }
  const early = reached.order.filter(step => !late.includes(step))
  let run = start
  if (reached.order.length <= longRun)
    for (const step of first) if (early.includes(step)) run = takeOne(step, early, run)
  const all = take(late, take(early, run)).order
  return all.length === reached.order.length ? all : reached.order
}

type Run = { readonly order: readonly number[]; readonly state: StepState }
