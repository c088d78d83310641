import type { StepState } from '../../access-engine/plan/order-conditions.ts'
import type { SittingProblem } from './sitting-problem.ts'

/** Steps that may follow one another on one day, and what had to wait before them. Steps are numbers. */
export type GatheredSteps = {
  readonly steps: readonly number[]
  readonly waits: readonly {
    readonly step: number
    readonly acts: readonly number[]
    readonly days: number
  }[]
}

/**
 * Gathers the steps of an order by the day on which they can be done at the earliest. Each step may be taken at its place,
 * as in the order. What is unnoticed stays before everything that is not. A thing that would be half closed at the end of a day is
 * left alone until a day on which it would not be; where there is no such day, it is not held up.
 */
export function gatherByDay(posed: SittingProblem): readonly GatheredSteps[] {
  const inVain = new Set<string>()
  for (;;) {
    const putBack = new Set<string>()
    const days = gatherOnce(posed, inVain, putBack)
    const before = inVain.size
    const done = new Set<number>()
    for (const { steps } of days) {
      for (const step of steps) done.add(step)
      for (const thing of posed.openIn(done).halfClosed) if (putBack.has(thing)) inVain.add(thing)
    }
    if (inVain.size === before) return days
  }
}

/**
 * @param inVain things that are not put back
 * @param putBack takes the things that were
 */
function gatherOnce(
  posed: SittingProblem,
  inVain: ReadonlySet<string>,
  putBack: Set<string>,
): readonly GatheredSteps[] {
  const days: GatheredSteps[] = []
  const doneOn = new Map<number, number>()
  let today = 0
  let left = posed.order
  let state = posed.conditions.stateOf(new Set())
  while (left.length > 0) {
    const ripe = (step: number): number => findRipeDay(posed, step, doneOn)
    const taken = takeOnDay(posed, state, { left, isRipe: step => ripe(step) <= today, inVain, putBack })
    if (taken.length > 0) {
      const waits = taken.flatMap(step => waitBefore(posed, step, doneOn))
      days.push({ steps: taken, waits })
      for (const step of taken) doneOn.set(step, today)
      state = posed.conditions.stateOf(new Set([...state.done, ...taken]))
      left = left.filter(step => !state.done.has(step))
    }
    const next = Math.min(...left.map(ripe).filter(day => day > today))
    if (Number.isFinite(next)) today = next
    // Nothing waits, and nothing can be taken: the plan no longer stands in this order, and the page says so.
    else if (taken.length === 0) return [...days, { steps: left, waits: [] }]
  }
  return days
}

/** The first day, counted from today, on which a step can be done; infinite while an act before it is not done. */
function findRipeDay(posed: SittingProblem, step: number, doneOn: ReadonlyMap<number, number>): number {
  const wait = posed.facts.waitOf(posed.nameOf(step))
  if (!wait) return 0
  const acts = findActs(posed, step)
  if (acts.length === 0) return wait.days
  return Math.max(...acts.map(act => (doneOn.get(act) ?? Number.POSITIVE_INFINITY) + wait.days))
}

function waitBefore(
  posed: SittingProblem,
  step: number,
  doneOn: ReadonlyMap<number, number>,
): GatheredSteps['waits'] {
  const wait = posed.facts.waitOf(posed.nameOf(step))
  if (!wait) return []
  const acts = findActs(posed, step)
  return acts.every(act => doneOn.has(act)) ? [{ step, acts, days: wait.days }] : []
}

/** The acts of the plan that a look waits for. */
function findActs({ facts, nameOf, problem, order }: SittingProblem, step: number): readonly number[] {
  const acts = facts.waitOf(nameOf(step))?.acts ?? []
  return acts.flatMap(act => problem.compiled.stepAt.get(act) ?? []).filter(act => order.includes(act))
}

/** What can be taken on one day, without the things that would be half closed at its end. */
function takeOnDay(
  posed: SittingProblem,
  from: StepState,
  {
    left,
    isRipe,
    inVain,
    putBack,
  }: {
    readonly left: readonly number[]
    readonly isRipe: (step: number) => boolean
    readonly inVain: ReadonlySet<string>
    readonly putBack: Set<string>
  },
): readonly number[] {
  const thingOf = (step: number): string => posed.facts.thingOf(posed.nameOf(step))
  const all = sweep(posed, from, left, isRipe)
  const later = new Set<number>()
  const alone = new Set<string>()
  const begun = new Set<string>()
  for (let taken = all; ; ) {
    const done = new Set([...from.done, ...taken])
    if (taken.length === left.length) return taken
    const half = posed.openIn(done).halfClosed.filter(thing => !inVain.has(thing) && !begun.has(thing))
    const back = taken.filter(step => posed.isAfterHour(step) && half.includes(thingOf(step)))
    if (back.length === 0) {
      // A later day comes only if something waits by then.
      const comes = left.some(
        step =>
          !done.has(step) &&
          posed.facts.waitOf(posed.nameOf(step)) !== null &&
          findActs(posed, step).every(act => done.has(act)),
      )
      if (!comes) {
        // What the days are waited for is done all the same: otherwise they never begin.
        const acts = left.flatMap(step => (done.has(step) ? [] : findActs(posed, step)))
        const own = acts.filter(act => later.has(act)).map(thingOf)
        if (own.length === 0) return all
        for (const thing of own) begun.add(thing)
        for (const step of [...later]) if (begun.has(thingOf(step))) later.delete(step)
        for (const thing of own) alone.delete(thing)
        taken = sweep(posed, from, left, step => isRipe(step) && !later.has(step))
        continue
      }
      for (const thing of alone) putBack.add(thing)
      return taken
    }
    for (const step of back) {
      later.add(step)
      alone.add(thingOf(step))
    }
    taken = sweep(posed, from, left, step => isRipe(step) && !later.has(step))
  }
}

/**
 * Every step that can be taken, each as soon as it can be: first a look that has waited long enough, then what belongs to a thing
 * that is half closed; errands last.
 */
function sweep(
  { conditions, facts, nameOf, isAfterHour, openIn }: SittingProblem,
  from: StepState,
  left: readonly number[],
  mayBe: (step: number) => boolean,
): readonly number[] {
  const taken: number[] = []
  let state = from
  let rest = [...left]
  const firstAfterHour = [...from.done].some(isAfterHour) ? 0 : left.findIndex(isAfterHour)
  const before = new Set(firstAfterHour === -1 ? left : left.slice(0, firstAfterHour))
  for (;;) {
    // What comes before the hour is done before anything that waits for it.
    const open = rest.some(step => before.has(step)) ? rest.filter(step => before.has(step)) : rest
    const may = open.filter(mayBe)
    const half = new Set(taken.some(isAfterHour) ? openIn(state.done).halfClosed : [])
    const rankOf = (step: number): number =>
      facts.errandOf(nameOf(step)) !== null
        ? 3
        : facts.waitOf(nameOf(step)) !== null
          ? 0
          : half.has(facts.thingOf(nameOf(step)))
            ? 1
            : 2
    const next = may
      .toSorted((one, other) => rankOf(one) - rankOf(other))
      .find(step => conditions.mayTake(state, step))
    if (next === undefined) return taken
    taken.push(next)
    rest = rest.filter(step => step !== next)
    state = conditions.stateOf(new Set([...state.done, next]))
  }
}
