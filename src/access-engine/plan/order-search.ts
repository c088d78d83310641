import type { RuleProgram } from '../reach/program.ts'
import { makeOrderConditions, type StepState } from './order-conditions.ts'
import type { PlanProblem } from './plan-problem.ts'

/** A state of the plan, with the steps that led to it in their order. */
export type ReachedState = { readonly state: StepState; readonly order: readonly number[] }

export type OrderSearch = {
  readonly start: StepState
  /** Takes every unnoticed step that can be taken from a state, each as soon as it can be. */
  readonly takeUnnoticed: (from: StepState) => ReachedState
  /** Every state that unnoticed steps alone can lead to. */
  readonly findUnnoticedStates: () => readonly ReachedState[]
  /**
   * The rest of the order from a state; null when there is none, or when the search gave up.
   *
   * @param rankOf what is tried first, least first; without it, what closes most
   */
  readonly complete: (from: StepState, rankOf?: (step: number) => number) => readonly number[] | null
  /** True when the search gave up: what it did not find may still exist. */
  readonly isCutShort: () => boolean
}

/** How many states a search may try before it gives up and says so. */
const patience = 20_000

/** After so many dead ends a search begins again, and after twice as many the next time. */
const fewDeadEnds = 4

/** Searches the orders of one plan. It remembers the states that lead nowhere, so that none is tried twice. */
export function makeOrderSearch(
  problem: PlanProblem,
  plan: ReadonlySet<number>,
  isUnnoticed: (step: number) => boolean,
): OrderSearch {
  const { stateOf, mayTake } = makeOrderConditions(problem, plan)
  const steps = [...plan].sort((one, other) => one - other)
  const keyOf = (done: ReadonlySet<number>): string => steps.filter(step => done.has(step)).join(',')
  const start = stateOf(new Set())
  const dead = new Set<string>()
  let tried = 0
  const goDeep = makeDescent(plan.size, stateOf, {
    isSpent: () => tried >= patience,
    mayEnter: (state, step) => {
      tried += 1
      return !(dead.size > 0 && dead.has(keyOf(new Set([...state.done, step])))) && mayTake(state, step)
    },
    leave: state => dead.add(keyOf(state.done)),
  })

  function takeUnnoticed(from: StepState): ReachedState {
    const order: number[] = []
    let state = from
    for (let moved = true; moved; ) {
      moved = false
      for (const step of steps) {
        if (!isUnnoticed(step) || state.done.has(step) || !mayTake(state, step)) continue
        state = stateOf(new Set([...state.done, step]))
        order.push(step)
        moved = true
      }
    }
    return { state, order }
  }

  function findUnnoticedStates(): readonly ReachedState[] {
    const seen = new Set<string>([''])
    const found: ReachedState[] = [{ state: start, order: [] }]
    for (const { state, order } of found) {
      if (tried >= patience) break
      for (const step of steps) {
        if (!isUnnoticed(step) || state.done.has(step)) continue
        const done = new Set([...state.done, step])
        const key = keyOf(done)
        if (seen.has(key)) continue
        tried += 1
        if (!mayTake(state, step)) continue
        seen.add(key)
        found.push({ state: stateOf(done), order: [...order, step] })
      }
    }
    return found
  }

  /**
   * Depth first. What was done too early may lie hundreds of steps above the place where it tells, and going back one
   * step at a time comes to it too late. So after some dead ends the search begins again, and tries first what was
   * left over at most of them.
   */
  function complete(from: StepState, rankOf?: (step: number) => number): readonly number[] | null {
    const ranked = rankOf && steps.toSorted((one, other) => rankOf(one) - rankOf(other) || one - other)
    const leftOver = new Map<number, number>()
    const inTurn = (state: StepState): number[] =>
      ranked
        ? ranked.filter(step => !state.done.has(step))
        : shutMostFirst(problem.compiled.programs.suspect, steps, state)
    const choicesIn = (state: StepState): number[] =>
      inTurn(state).sort((one, other) => (leftOver.get(other) ?? 0) - (leftOver.get(one) ?? 0))
    const onDeadEnd = ({ done }: StepState): void => {
      for (const step of steps) if (!done.has(step)) leftOver.set(step, 1 + (leftOver.get(step) ?? 0))
    }
    for (let deadEnds = fewDeadEnds; ; deadEnds *= 2) {
      const order = goDeep({ from, choicesIn, deadEnds, onDeadEnd })
      if (order !== 'begin-again') return order
    }
  }

  return { start, takeUnnoticed, findUnnoticedStates, complete, isCutShort: () => tried >= patience }
}

/** The steps that are left, ordered: first those that close most of what the suspected person can use now. */
function shutMostFirst(
  { switchesOff, body, head }: RuleProgram,
  steps: readonly number[],
  state: StepState,
): number[] {
  const countShut = (step: number): number => {
    let shut = 0
    for (let at = switchesOff.starts[step] ?? 0; at < (switchesOff.starts[step + 1] ?? 0); at += 1) {
      const rule = switchesOff.items[at] as number
      if (!state.ofSuspect.has(head[rule] as number)) continue
      let live = true
      for (let on = body.starts[rule] ?? 0; live && on < (body.starts[rule + 1] ?? 0); on += 1)
        live = state.ofSuspect.has(body.items[on] as number)
      if (live) shut += 1
    }
    return shut
  }
  return steps
    .filter(step => !state.done.has(step))
    .map(step => ({ step, shut: countShut(step) }))
    .sort((one, other) => other.shut - one.shut || one.step - other.step)
    .map(({ step }) => step)
}

type Descent = {
  readonly from: StepState
  readonly choicesIn: (state: StepState) => number[]
  /** After so many states from which nothing could be taken it begins again. */
  readonly deadEnds: number
  readonly onDeadEnd: (state: StepState) => void
}

/** Goes down step by step, and back where nothing can be taken. Without recursion, because a plan may be long. */
function makeDescent(
  size: number,
  stateOf: (done: ReadonlySet<number>) => StepState,
  memory: {
    readonly isSpent: () => boolean
    readonly mayEnter: (state: StepState, step: number) => boolean
    readonly leave: (state: StepState) => void
  },
) {
  return ({ from, choicesIn, deadEnds, onDeadEnd }: Descent): readonly number[] | null | 'begin-again' => {
    const path = [{ state: from, choices: choicesIn(from) }]
    const order: number[] = []
    let met = 0
    let isDeadEnd = true
    for (let top = path.at(-1); top; top = path.at(-1)) {
      if (top.state.done.size === size) return order
      if (memory.isSpent()) return null
      const step = top.choices.shift()
      if (step === undefined) {
        if (isDeadEnd) {
          met += 1
          onDeadEnd(top.state)
        }
        isDeadEnd = false
        memory.leave(top.state)
        path.pop()
        order.pop()
        if (met >= deadEnds && path.length > 0) return 'begin-again'
        continue
      }
      if (!memory.mayEnter(top.state, step)) continue
      const state = stateOf(new Set([...top.state.done, step]))
      order.push(step)
      path.push({ state, choices: choicesIn(state) })
      isDeadEnd = true
    }
    return null
  }
}
