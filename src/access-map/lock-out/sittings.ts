import type { AccessMap } from '../../access-engine/reach/map.ts'
import { chooseStops } from './choose-stops.ts'
import { type GatheredSteps, gatherByDay } from './gather-by-day.ts'
import { poseSittings, type SittingFacts, type SittingProblem, type StepWait } from './sitting-problem.ts'

/** Steps done one after the other, at the end of which the client may stop. */
export type Sitting = {
  readonly steps: readonly string[]
  /** Working time, a guess. */
  readonly minutes: number
  /** Nothing of the plan is noticed by its end, so it may stop after any of its steps too. */
  readonly isUnnoticed: boolean
  /** It takes an appointment with somebody else, at another place. */
  readonly isErrand: boolean
  /** What must have waited before it. */
  readonly waits: readonly StepWait[]
  /** What the client keeps and the suspected person could take after it, and the rest of the plan still closes. */
  readonly couldSeize: readonly string[]
  /**
   * Things of which a change was noticed and which the suspected person still reaches, so that they could take them back. Empty
   * unless only waiting or an errand helps: then nothing more can be done for them before it.
   */
  readonly halfClosed: readonly string[]
  /** For one that is longer than the target: what would be half closed if it stopped in time. Empty when one step takes so long. */
  readonly heldBy: readonly string[]
}

/**
 * Cuts an order into sittings. Until something is noticed it may be cut after any step. From then on a sitting ends only where
 * nothing is half closed: no thing that the suspected person has seen changed is one that they still reach and that the rest
 * of the plan would close. A look that has to wait for days begins a later sitting, and what can safely be done before it
 * comes before it.
 *
 * @param now the map as it stands, with the steps done carried out
 * @param order the steps that are left, in an order in which they can be taken
 */
// Rule S9: stopping after a sitting never leaves the client worse off
export function cutIntoSittings(
  now: AccessMap,
  order: readonly string[],
  facts: SittingFacts,
): readonly Sitting[] {
  if (order.length === 0) return []
  const posed = poseSittings(now, order, facts)
  const sittings: Sitting[] = []
  const before = new Set<number>()
  for (const gathered of gatherByDay(posed)) {
    for (const part of splitApart(posed, gathered, before)) {
      for (const steps of chooseStops(posed, before, part.steps)) {
        sittings.push(describe(posed, before, steps, part.waits))
        for (const step of steps) before.add(step)
      }
    }
  }
  return sittings
}

/** What waits for the hour stands apart from what does not, and so does each errand. */
function splitApart(
  { isAfterHour, errandOf }: SittingProblem,
  { steps, waits }: GatheredSteps,
  before: ReadonlySet<number>,
): readonly GatheredSteps[] {
  const first = [...before].some(isAfterHour) ? -1 : steps.findIndex(isAfterHour)
  const parts: number[][] = []
  for (const [index, step] of steps.entries()) {
    const last = parts.at(-1)
    const previous = last?.at(-1)
    if (previous === undefined || errandOf(step) !== errandOf(previous) || index === first) parts.push([step])
    else last?.push(step)
  }
  return parts.map(part => ({ steps: part, waits: waits.filter(wait => part.includes(wait.step)) }))
}

function describe(
  posed: SittingProblem,
  before: ReadonlySet<number>,
  steps: readonly number[],
  waits: GatheredSteps['waits'],
): Sitting {
  const { facts, nameOf, isAfterHour, errandOf, openIn } = posed
  const minutes = steps.reduce((sum, step) => sum + facts.minutesOf(nameOf(step)), 0)
  const end = new Set([...before, ...steps])
  const isUnnoticed = ![...end].some(isAfterHour)
  const isErrand = steps.some(step => errandOf(step) !== null)
  const { couldSeize, halfClosed } = openIn(end)
  return {
    steps: steps.map(nameOf),
    minutes,
    isUnnoticed,
    isErrand,
    waits: waits
      .filter(({ step }) => steps.includes(step))
      .map(({ step, acts, days }) => ({ step: nameOf(step), acts: acts.map(nameOf), days })),
    couldSeize: isUnnoticed ? [] : couldSeize,
    halfClosed: isUnnoticed ? [] : halfClosed,
    heldBy: minutes > facts.target && !isErrand ? findHolding(posed, before, steps) : [],
  }
}

/** What would be half closed, and gone on with in the same sitting, at the last stop that is within the target. */
function findHolding(
  { facts, nameOf, openIn }: SittingProblem,
  before: ReadonlySet<number>,
  steps: readonly number[],
): readonly string[] {
  let minutes = 0
  const done = new Set(before)
  let held: readonly string[] = []
  for (const [index, step] of steps.slice(0, -1).entries()) {
    minutes += facts.minutesOf(nameOf(step))
    done.add(step)
    if (minutes > facts.target && held.length > 0) break
    const toDo = new Set(steps.slice(index + 1).map(other => facts.thingOf(nameOf(other))))
    const halfClosed = openIn(done).halfClosed.filter(thing => toDo.has(thing))
    if (halfClosed.length > 0) held = halfClosed
  }
  return held
}
