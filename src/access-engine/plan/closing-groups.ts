import type { Held } from '../reach/closure.ts'
import { rowOf } from '../reach/program.ts'
import { findStepFacts } from './order-conditions.ts'
import type { PlanProblem } from './plan-problem.ts'
import { type Stakes, timeOfStep } from './stakes.ts'

/** Which of the steps that are left close each stake; both are lists of steps, in the order of the stakes. */
export type ClosingGroups = {
  /** None of these can be left out: each is done by the time the stake is closed, in every safe order. */
  readonly necessary: readonly ReadonlySet<number>[]
  /** These close it, and can be taken before all others that are left, as far as can be seen without an order. */
  readonly sufficient: readonly ReadonlySet<number>[]
}

/** A state in which some steps are done; what follows from it is found when it is asked for. */
type Seen = {
  readonly done: ReadonlySet<number>
  readonly holds: () => Held
  readonly opens: () => readonly boolean[]
}

/** Something that must have come about: a stake closed, a step shown to nobody. */
type Wish = { readonly key: string; readonly isSo: (seen: Seen) => boolean }

/**
 * For each stake the steps that close it, with those that must come before them for one of the conditions of the order.
 * Asked from the state in which `before` is done and `left` is not.
 */
export function findClosingGroups(
  problem: PlanProblem,
  stakes: Stakes,
  before: ReadonlySet<number>,
  left: readonly number[],
): ClosingGroups {
  const all = new Set([...before, ...left])
  const conditions = makeConditionWishes(problem, stakes, before, all)
  const needed = new Map<string, readonly number[]>()
  const enough = new Map<string, readonly number[]>()
  const see = (done: ReadonlySet<number>): Seen => ({
    done,
    holds: once(() => stakes.holdsAfter(done)),
    opens: once(() => stakes.openAfter(done)),
  })
  const inTheEnd = see(all)
  const lacking = left.map(step => ({ step, seen: see(new Set([...all].filter(other => other !== step))) }))

  /** The steps without which it never comes about. */
  function findNeeded(wish: Wish): readonly number[] {
    const known = needed.get(wish.key)
    if (known) return known
    const found = wish.isSo(inTheEnd)
      ? lacking.filter(({ seen }) => !wish.isSo(seen)).map(({ step }) => step)
      : []
    needed.set(wish.key, found)
    return found
  }

  /** Steps that bring it about, none of which can be left out of them. The longest are left out first. */
  function findEnough(wish: Wish): readonly number[] {
    const known = enough.get(wish.key)
    if (known) return known
    const must = findNeeded(wish)
    let group: readonly number[] = must
    if (!wish.isSo(see(new Set([...before, ...group]))) && wish.isSo(inTheEnd)) {
      group = left
      const longestFirst = left
        .filter(step => !must.includes(step))
        .toSorted((one, other) => timeOfStep(problem, other) - timeOfStep(problem, one) || one - other)
      for (const step of longestFirst) {
        const fewer = group.filter(other => other !== step)
        if (wish.isSo(see(new Set([...before, ...fewer])))) group = fewer
      }
    }
    enough.set(wish.key, group)
    return group
  }

  /** With everything that must come before. */
  function widen(wish: Wish, find: (wish: Wish) => readonly number[], inEveryOrder: boolean) {
    const group = new Set(find(wish))
    // A set goes on with what is put into it meanwhile.
    for (const step of group) {
      for (const other of conditions.stepsBefore(step, inEveryOrder)) group.add(other)
      for (const each of conditions.wishesOf(step, inEveryOrder))
        for (const other of find(each)) group.add(other)
    }
    return group
  }

  const closed = stakes.weights.map((_, index): Wish => {
    return { key: `stake ${String(index)}`, isSo: seen => seen.opens()[index] === false }
  })
  return {
    necessary: closed.map(wish => widen(wish, findNeeded, true)),
    sufficient: closed.map(wish => widen(wish, findEnough, false)),
  }
}

function once<Found>(find: () => Found): () => Found {
  let found: Found | undefined
  return () => {
    found ??= find()
    return found
  }
}

/** What must come before a step: other steps, or something that steps bring about. */
function makeConditionWishes(
  problem: PlanProblem,
  stakes: Stakes,
  before: ReadonlySet<number>,
  all: ReadonlySet<number>,
) {
  const { programs, closures } = problem.compiled
  const facts = findStepFacts(problem, all)
  const ofSuspect = stakes.holdsAfter(before)
  const ofClient: Held = closures.client.run(before).keep()
  const program = programs.suspect
  const wait = (step: number): boolean => all.has(step) && !before.has(step)
  const isUsable = (rule: number, step: number, done: ReadonlySet<number>, has: (node: number) => boolean) =>
    !rowOf(program.unless, rule).some(other => done.has(other) || other === step) &&
    rowOf(program.body, rule).every(has)

  return {
    /** @param inEveryOrder only what is so in every order: no choice among several steps */
    stepsBefore(step: number, inEveryOrder: boolean): readonly number[] {
      const fact = facts[step]
      if (!fact) return []
      const chosen = fact.preservers
        .filter(group => !group.some(other => before.has(other)) && (!inEveryOrder || group.length === 1))
        .map(group =>
          group.toSorted(
            (one, other) => timeOfStep(problem, one) - timeOfStep(problem, other) || one - other,
          ),
        )
        .flatMap(group => group.slice(0, 1))
      return [...fact.after, ...chosen].filter(wait)
    },
    wishesOf(step: number, inEveryOrder: boolean): readonly Wish[] {
      const fact = facts[step]
      if (!fact) return []
      const hidden = fact.exposes
        .filter(node => ofSuspect.has(node))
        .map((node): Wish => ({ key: `hidden ${String(node)}`, isSo: seen => !seen.holds().has(node) }))
      const unburnt = [...rowOf(program.switchesOn, step)]
        .filter(rule => !inEveryOrder || rowOf(program.if, rule).length === 1)
        .filter(rule => isUsable(rule, step, before, ofSuspect.has))
        .map((rule): Wish => {
          const isSo = (seen: Seen): boolean => !isUsable(rule, step, seen.done, seen.holds().has)
          return { key: `unburnt ${String(rule)} ${String(step)}`, isSo }
        })
      // In the kindest light nothing locks the client out; otherwise what is done counts as it is.
      const had = fact.needs
        .filter(node => !ofClient.has(node))
        .map((node): Wish => {
          const isSo = ({ done }: Seen): boolean =>
            closures.client.run(inEveryOrder ? [] : done, done).has(node)
          return { key: `had ${String(node)} ${String(inEveryOrder)}`, isSo }
        })
      return [...hidden, ...unburnt, ...had]
    },
  }
}
