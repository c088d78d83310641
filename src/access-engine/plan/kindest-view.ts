import type { Held } from '../reach/closure.ts'
import { rowOf } from '../reach/program.ts'
import { findStepFacts, type StepFacts } from './order-conditions.ts'
import type { PlanProblem } from './plan-problem.ts'

/**
 * A plan in the kindest light: each step is judged as if every other step that could help had been done first. In a
 * safe order the suspected person only ever loses, so hiding a step from them only gets easier; and nothing the
 * client holds counts as lost. A step that is blocked even here can be taken in no order.
 */
export type KindestView = {
  readonly factsOf: (step: number) => StepFacts | null
  /** The steps of `wanted` that stay blocked when `others` are done and each step is taken as soon as it can be. */
  readonly sweep: (wanted: ReadonlySet<number>, others: Iterable<number>) => ReadonlySet<number>
  /** The rules that this step alone switches on for the suspected person, and that they could use at once. */
  readonly opensAtOnce: (step: number, done: ReadonlySet<number>, suspectHolds: Held) => readonly number[]
  /** Something the client must keep and would lose by this step; undefined when there is nothing. */
  readonly findLost: (step: number, done: ReadonlySet<number>) => number | undefined
}

export function makeKindestView(problem: PlanProblem, plan: ReadonlySet<number>): KindestView {
  const { closures, programs } = problem.compiled
  const facts = findStepFacts(problem, plan)
  const factsOf = (step: number): StepFacts | null => facts[step] ?? null
  // A rule that needs several steps is judged when the last of them is taken. No single step is to blame for it.
  const ownRules = new Map(
    [...plan].map(step => [
      step,
      [...rowOf(programs.suspect.switchesOn, step)].filter(
        rule => rowOf(programs.suspect.if, rule).length === 1,
      ),
    ]),
  )
  const findLost = makeLossFinder(problem)

  function isUsable(rule: number, step: number, done: ReadonlySet<number>, suspectHolds: Held): boolean {
    return (
      !rowOf(programs.suspect.unless, rule).some(other => done.has(other) || other === step) &&
      rowOf(programs.suspect.body, rule).every(node => suspectHolds.has(node))
    )
  }

  function isFree(step: number, done: ReadonlySet<number>, suspectHolds: Held, clientHolds: Held): boolean {
    const fact = factsOf(step)
    if (!fact) return true
    return (
      fact.after.every(other => done.has(other)) &&
      fact.preservers.every(group => group.some(other => done.has(other))) &&
      fact.needs.every(node => clientHolds.has(node)) &&
      !fact.exposes.some(node => suspectHolds.has(node)) &&
      !(ownRules.get(step) ?? []).some(rule => isUsable(rule, step, done, suspectHolds)) &&
      findLost(step, done) === undefined
    )
  }

  function sweep(wanted: ReadonlySet<number>, others: Iterable<number>): ReadonlySet<number> {
    const done = new Set(others)
    const left = new Set(wanted)
    for (let moved = true; moved && left.size > 0; ) {
      moved = false
      // These are copies: the closures are run again below.
      const suspectHolds = closures.suspect.run(done, []).keep()
      const clientHolds = closures.client.run([], done).keep()
      for (const step of [...left]) {
        if (!isFree(step, done, suspectHolds, clientHolds)) continue
        done.add(step)
        left.delete(step)
        moved = true
      }
    }
    return left
  }

  return {
    factsOf,
    sweep,
    opensAtOnce: (step, done, suspectHolds) =>
      (ownRules.get(step) ?? []).filter(rule => isUsable(rule, step, done, suspectHolds)),
    findLost,
  }
}

/** Finds what the client must keep and would lose by a step. Most steps cost nothing, whatever was done before. */
function makeLossFinder({ compiled, keep }: PlanProblem): KindestView['findLost'] {
  const { closures, programs } = compiled
  const heldAtStart = keep.filter(node => closures.client.run().has(node))
  const costsNothing = new Map<number, boolean>()
  return (step, done) => {
    if (rowOf(programs.client.switchesOff, step).length === 0) return undefined
    let never = costsNothing.get(step)
    if (never === undefined) {
      const least = closures.client.run([step], [step])
      never = heldAtStart.every(node => least.has(node))
      costsNothing.set(step, never)
    }
    if (never) return undefined
    const after = closures.client.run([step], [...done, step])
    return heldAtStart.find(node => !after.has(node))
  }
}
