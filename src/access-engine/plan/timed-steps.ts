import { rowOf } from '../reach/program.ts'
import type { PlanProblem } from './plan-problem.ts'

/** A step of a plan that shows something only when a clock has run, such as a look whether an old address still works. */
export type TimedStep = {
  readonly look: number
  /** The acts that start its clock: of each list one. None of them where all were done before. */
  readonly acts: readonly (readonly number[])[]
  /** The nodes to which it ends a path. */
  readonly ends: readonly number[]
}

/** The looks of a plan that have to wait. */
export function findTimedSteps({ compiled }: PlanProblem, plan: ReadonlySet<number>): readonly TimedStep[] {
  const { steps, stepAt, programs } = compiled
  return [...plan].flatMap(look => {
    const step = steps[look]
    if (step?.waits === undefined) return []
    const acts = step.requires.map(any => any.map(id => stepAt.get(id) ?? -1))
    const ends = [...rowOf(programs.suspect.switchesOff, look)].map(
      rule => programs.suspect.head[rule] as number,
    )
    return [{ look, acts, ends: [...new Set(ends)] }]
  })
}

/** Whether the clock of a look runs. */
export function isBegun({ acts }: TimedStep, done: ReadonlySet<number>): boolean {
  return acts.every(any => any.some(act => done.has(act)))
}

/**
 * The steps that count where the question is what is left to do: a look that has to wait counts as soon as its clock runs, because
 * nothing more can be done for it, and never before. On every picture it stays open until somebody has looked.
 */
export function countTimed(looks: readonly TimedStep[], done: Iterable<number>): ReadonlySet<number> {
  const counted = new Set(done)
  if (looks.length === 0) return counted
  const before = new Set(counted)
  for (const look of looks) {
    if (isBegun(look, before)) counted.add(look.look)
    else counted.delete(look.look)
  }
  return counted
}
