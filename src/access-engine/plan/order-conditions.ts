import type { Held } from '../reach/closure.ts'
import { rowOf } from '../reach/program.ts'
import type { PlanProblem } from './plan-problem.ts'

/** Why a step may not be taken in a state. The letters are those of the decision record. */
export type BlockReason =
  | 'comes-after' // a
  | 'evidence-not-safe' // a
  | 'client-lacks' // b
  | 'suspect-would-see' // c
  | 'burnt-at-once' // d
  | 'opens-more' // e
  | 'client-would-lose' // f

/** `about` are the steps or the nodes that cause it. */
export type Block = {
  readonly step: number
  readonly reason: BlockReason
  readonly about: readonly number[]
}

/** A state of a plan under way: the steps done, and what the suspected person and the client hold then. */
export type StepState = {
  readonly done: ReadonlySet<number>
  readonly ofSuspect: Held
  readonly ofClient: Held
}

export type OrderConditions = {
  readonly stateOf: (done: ReadonlySet<number>) => StepState
  /** Everything that keeps the step from being taken in the state; empty when it may be taken. */
  readonly findBlocks: (state: StepState, step: number) => readonly Block[]
  readonly mayTake: (state: StepState, step: number) => boolean
}

/** The conditions under which a step of a plan may be taken, checked one after the other. */
export function makeOrderConditions(problem: PlanProblem, plan: ReadonlySet<number>): OrderConditions {
  const { closures, programs } = problem.compiled
  const facts = findStepFacts(problem, plan)
  const heldAtStart = problem.keep.filter(node => closures.client.run().has(node))

  function stateOf(done: ReadonlySet<number>): StepState {
    return { done, ofSuspect: closures.suspect.run(done).keep(), ofClient: closures.client.run(done).keep() }
  }

  function* blocksOf({ done, ofSuspect, ofClient }: StepState, step: number): Generator<Block> {
    const { after, preservers, needs, exposes } = facts[step] as StepFacts
    const waitsFor = after.filter(other => !done.has(other))
    if (waitsFor.length > 0) yield { step, reason: 'comes-after', about: waitsFor }
    const unsafe = preservers.filter(group => !group.some(other => done.has(other))).flat()
    if (unsafe.length > 0) yield { step, reason: 'evidence-not-safe', about: unsafe }
    const lacking = needs.filter(node => !ofClient.has(node))
    if (lacking.length > 0) yield { step, reason: 'client-lacks', about: lacking }
    const seen = exposes.filter(node => ofSuspect.has(node))
    if (seen.length > 0) yield { step, reason: 'suspect-would-see', about: seen }
    const next = new Set([...done, step])
    const burnt = [...rowOf(programs.suspect.switchesOn, step)].filter(
      rule =>
        rowOf(programs.suspect.if, rule).every(other => next.has(other)) &&
        !rowOf(programs.suspect.unless, rule).some(other => next.has(other)) &&
        rowOf(programs.suspect.body, rule).every(node => ofSuspect.has(node)),
    )
    if (burnt.length > 0) {
      const heads = burnt.map(rule => programs.suspect.head[rule] as number)
      yield { step, reason: 'burnt-at-once', about: [...new Set(heads)] }
    }
    // Nothing new is open when the suspected person can use neither what this step makes nor what was made before.
    const opened = closures.suspect.run(next)
    const more = opened.inOrder().filter(node => !ofSuspect.has(node))
    if (more.length > 0) yield { step, reason: 'opens-more', about: more }
    if (rowOf(programs.client.switchesOff, step).length === 0) return
    const after2 = closures.client.run(next)
    const lost = heldAtStart.filter(node => !after2.has(node))
    if (lost.length > 0) yield { step, reason: 'client-would-lose', about: lost }
  }

  return {
    stateOf,
    findBlocks: (state, step) => [...blocksOf(state, step)],
    mayTake: (state, step) => blocksOf(state, step).next().done === true,
  }
}

export type StepFacts = {
  /** The steps of the plan that must come first. */
  readonly after: readonly number[]
  /** For each piece of evidence that the step destroys and the plan preserves: the steps that preserve it. */
  readonly preservers: readonly (readonly number[])[]
  readonly needs: readonly number[]
  readonly exposes: readonly number[]
}

/** What a step requires, as far as this plan is concerned. */
export function findStepFacts(
  problem: PlanProblem,
  plan: ReadonlySet<number>,
): readonly (StepFacts | null)[] {
  const { map, steps, stepAt, nodeAt } = problem.compiled
  const inPlan = (ids: readonly string[]): readonly number[] =>
    ids.map(id => stepAt.get(id) ?? -1).filter(step => plan.has(step))
  const nodes = (ids: readonly string[]): readonly number[] => ids.map(id => nodeAt.get(id) ?? -1)
  const preservedBy = new Map(map.evidence.map(({ id, preservedBy: ids }) => [id, ids]))
  return steps.map((step, index) =>
    plan.has(index)
      ? {
          after: inPlan(step.after),
          preservers: step.destroys
            .map(id => inPlan(preservedBy.get(id) ?? []).filter(other => other !== index))
            .filter(group => group.length > 0),
          needs: nodes(step.needs),
          exposes: nodes(step.exposes),
        }
      : null,
  )
}
