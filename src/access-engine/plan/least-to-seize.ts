import { type ClosingProblem, makeClosingBound } from './closing-bound.ts'
import { findClosingGroups } from './closing-groups.ts'
import { findClosingSequence } from './closing-sequence.ts'
import { findHaste } from './haste.ts'
import { rankTogether } from './keep-together.ts'
import { makeOrderConditions, type StepState } from './order-conditions.ts'
import type { OrderSearch } from './order-search.ts'
import type { PlanProblem } from './plan-problem.ts'
import { findStakes, type Stakes, timeOfStep } from './stakes.ts'

export type LeastToSeize = {
  /** The steps that are left, in their order. */
  readonly rest: readonly number[]
  /** What is open, summed over the time that they take. */
  readonly sum: number
  /** No safe order of these steps has a smaller sum. */
  readonly isProven: boolean
}

/** A plan with more steps times rules keeps the order that it has: what every step closes would take too long to find. */
const largestPlan = 20_000_000

/** How many rules may be gone through in the search for something better, all closures together. */
const patience = 1_500_000

/**
 * Orders the steps from the first that may be noticed on, so that the suspected person has the least to seize while they are
 * taken: the sum of what is at stake, over the time that each step takes, from the moment at which it is begun. What opens
 * other things comes first by that, because what is behind it counts until it is closed.
 *
 * Three things find it. The steps that close each stake, as groups of jobs: their best sequence. The same with only
 * what every order needs: below that no order goes. And, where the two differ, a search over the steps themselves.
 */
export function leaveLeastToSeize(
  problem: PlanProblem,
  plan: ReadonlySet<number>,
  search: OrderSearch,
  from: StepState,
  known: readonly number[],
): LeastToSeize {
  const stakes = findStakes(problem, plan)
  if (known.length * problem.compiled.programs.suspect.head.length > largestPlan)
    return { rest: known, sum: sumOver(problem, stakes, from, known), isProven: false }
  const left = known.toSorted((one, other) => one - other)
  const groups = findClosingGroups(problem, stakes, from.done, left)
  const openNow = stakes.openAfter(from.done)
  const times = left.map(step => timeOfStep(problem, step))
  const pose = (closedBy: readonly ReadonlySet<number>[]): ClosingProblem => ({
    times,
    weights: stakes.weights.filter((_, index) => openNow[index]),
    groups: closedBy
      .filter((_, index) => openNow[index])
      .map(steps => left.flatMap((step, job) => (steps.has(step) ? [job] : []))),
  })
  const relaxed = mergeGroups(pose(groups.necessary))
  const within = findClosingSequence(relaxed)
  const same = groups.necessary.every((steps, index) => steps.size === groups.sufficient[index]?.size)
  const posed = same ? relaxed : mergeGroups(pose(groups.sufficient))
  const found = same ? within : findClosingSequence(posed)
  let best: Candidate = { rest: known, sum: sumOver(problem, stakes, from, known), placeOf: () => 0 }
  const { rankOf } = findHaste(problem, plan)
  const asked = [{ problem: posed, sequence: found.sequence }]
  if (!same) asked.push({ problem: relaxed, sequence: within.sequence })
  for (const each of asked) {
    const placeOf = findPlaces(each.problem, each.sequence, left)
    const rest = search.complete(from, step => placeOf(step) + rankOf(step))
    const sum = rest ? sumOver(problem, stakes, from, rest) : 0
    if (rest && sum < best.sum) best = { rest, sum, placeOf }
  }
  const isProven = best.sum <= within.bound
  const least = isProven ? best : searchSteps(problem, plan, stakes, from, best, relaxed, left)
  const { rest } = least
  const together = search.complete(from, rankTogether(problem, plan, rest, least.placeOf))
  const isAsGood = together !== null && sumOver(problem, stakes, from, together) <= least.sum
  return {
    rest: isAsGood ? together : rest,
    sum: least.sum,
    isProven: isProven || ('isProven' in least && least.isProven === true),
  }
}

type Candidate = {
  readonly rest: readonly number[]
  readonly sum: number
  /** The group in which each step is done. */
  readonly placeOf: (step: number) => number
}

/** What is at stake, over the time of these steps, from a state on. */
function sumOver(problem: PlanProblem, stakes: Stakes, from: StepState, rest: readonly number[]): number {
  const done = new Set(from.done)
  let sum = 0
  for (const step of rest) {
    sum += timeOfStep(problem, step) * weighOpen(stakes, stakes.openAfter(done))
    done.add(step)
  }
  return sum
}

function weighOpen({ weights }: Stakes, open: readonly boolean[]): number {
  let sum = 0
  for (const [index, weight] of weights.entries()) if (open[index]) sum += weight
  return sum
}

/** Stakes that are closed by the same steps count as one. What needs none of them is left out. */
function mergeGroups({ times, groups, weights }: ClosingProblem): ClosingProblem {
  const merged = new Map<string, { readonly jobs: readonly number[]; weight: number }>()
  for (const [index, jobs] of groups.entries()) {
    if (jobs.length === 0) continue
    const one = merged.get(jobs.join(',')) ?? { jobs, weight: 0 }
    one.weight += weights[index] ?? 0
    merged.set(jobs.join(','), one)
  }
  const all = [...merged.values()]
  return { times, groups: all.map(({ jobs }) => jobs), weights: all.map(({ weight }) => weight) }
}

/** The place of each step: the first group in the sequence that needs it. What no group needs comes last. */
function findPlaces(
  { groups }: ClosingProblem,
  sequence: readonly number[],
  left: readonly number[],
): (step: number) => number {
  const places = new Map<number, number>()
  for (const [place, group] of sequence.entries())
    for (const job of groups[group] ?? []) {
      const step = left[job] ?? -1
      if (!places.has(step)) places.set(step, place)
    }
  return step => places.get(step) ?? sequence.length
}

/** Tries the steps themselves, and leaves out what the bound says cannot be better. */
function searchSteps(
  problem: PlanProblem,
  plan: ReadonlySet<number>,
  stakes: Stakes,
  from: StepState,
  first: Candidate,
  relaxed: ClosingProblem,
  left: readonly number[],
): Candidate & { readonly isProven: boolean } {
  const { stateOf, mayTake } = makeOrderConditions(problem, plan)
  const boundOf = makeClosingBound(relaxed)
  const work = problem.compiled.programs.suspect.head.length + problem.compiled.programs.client.head.length
  const jobAt = new Map(left.map((step, job) => [step, job]))
  const leastTo = new Map<string, number>()
  let best = first
  let patienceLeft = patience
  const isDone = new Uint8Array(left.length)
  const order: number[] = []
  const usual = first.rest

  function extend(state: StepState, sum: number): void {
    if (order.length === left.length) {
      if (sum < best.sum) best = { rest: [...order], sum, placeOf: () => 0 }
      return
    }
    const open = weighOpen(stakes, stakes.openAfter(state.done))
    const isOpen = (group: number): boolean => (relaxed.groups[group] ?? []).some(job => isDone[job] === 0)
    for (const step of usual) {
      const job = jobAt.get(step) ?? -1
      if (isDone[job] === 1 || patienceLeft < 0) continue
      patienceLeft -= 3 * work
      const next = sum + open * timeOfStep(problem, step)
      isDone[job] = 1
      const key = isDone.join('')
      const isWorth =
        next + boundOf(isDone, isOpen) < best.sum && next < (leastTo.get(key) ?? Number.POSITIVE_INFINITY)
      if (isWorth && mayTake(state, step)) {
        leastTo.set(key, next)
        order.push(step)
        extend(stateOf(new Set([...state.done, step])), next)
        order.pop()
      }
      isDone[job] = 0
    }
  }

  extend(from, 0)
  return { ...best, isProven: patienceLeft >= 0 }
}
