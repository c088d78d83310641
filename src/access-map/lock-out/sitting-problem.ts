import {
  makeOrderConditions,
  type OrderConditions,
  type StepState,
} from '../../access-engine/plan/order-conditions.ts'
import { makePlanProblem, type PlanProblem } from '../../access-engine/plan/plan-problem.ts'
import type { AccessMap } from '../../access-engine/reach/map.ts'

/** A step that shows nothing before some days have passed since the acts it looks at. */
export type StepWait = {
  readonly step: string
  /** Acts of the plan that come before it. Empty when all are done already. */
  readonly acts: readonly string[]
  /** Days after those acts; with no act left, days from today. */
  readonly days: number
}

/** What is known of the steps beside the map. */
export type SittingFacts = {
  readonly minutesOf: (step: string) => number
  /** How long a look waits; null when it need not. */
  readonly waitOf: (step: string) => Pick<StepWait, 'acts' | 'days'> | null
  /** It waits for the hour that the client chose: what may be noticed, or all but keeping evidence in a clean break. */
  readonly isAfterHour: (step: string) => boolean
  /**
   * For what takes an appointment with somebody else at another place, such as a solicitor, a garage or the police: the name of
   * that errand. Null for what the clinic can sit down for.
   */
  readonly errandOf: (step: string) => string | null
  /** The thing to which a step or a node belongs; its own name where it belongs to none. */
  readonly thingOf: (id: string) => string
  /** Minutes that one sitting should take. */
  readonly target: number
}

/** What every part of cutting asks of a plan. Steps are numbers. */
export type SittingProblem = {
  readonly facts: SittingFacts
  readonly problem: PlanProblem
  readonly conditions: OrderConditions
  readonly order: readonly number[]
  readonly nameOf: (step: number) => string
  readonly isAfterHour: (step: number) => boolean
  readonly errandOf: (step: number) => string | null
  /** What is open in a state if every look that only waits finds what it is to find. */
  readonly openIn: (done: ReadonlySet<number>) => OpenState
}

export type OpenState = { readonly couldSeize: readonly string[]; readonly halfClosed: readonly string[] }

/** Poses the question of where a plan may be cut: the steps as numbers, and what is open in each state of it. */
export function poseSittings(now: AccessMap, order: readonly string[], facts: SittingFacts): SittingProblem {
  const problem = makePlanProblem(now, { level: 'possible' })
  const { nodes, steps, stepAt } = problem.compiled
  const numbers = order.flatMap(step => stepAt.get(step) ?? [])
  const plain = makeOrderConditions(problem, new Set(numbers))
  const stateOf = keepByDone(plain.stateOf)
  const conditions = { ...plain, stateOf }
  const nameOf = (step: number): string => steps[step]?.id ?? ''
  const known = new Set(numbers)
  const waiting = numbers.filter(step => facts.waitOf(nameOf(step)) !== null)
  const actsOf = new Map(
    waiting.map(step => [
      step,
      (facts.waitOf(nameOf(step))?.acts ?? [])
        .flatMap(act => stepAt.get(act) ?? [])
        .filter(act => known.has(act)),
    ]),
  )
  const preserving = new Set(now.evidence.flatMap(each => each.preservedBy))
  const changes = (step: number): boolean => steps[step]?.alerts === true && !preserving.has(nameOf(step))
  const thingsOfNode = nodes.map(facts.thingOf)
  const keptOrThing = new Set([
    ...problem.keep,
    ...nodes.flatMap((id, index) => (id === thingsOfNode[index] ? [index] : [])),
  ])
  const stateSeen = (done: ReadonlySet<number>): StepState =>
    stateOf(
      new Set([...done, ...waiting.filter(step => (actsOf.get(step) ?? []).every(act => done.has(act)))]),
    )
  const last = stateSeen(known)
  return {
    facts,
    problem,
    conditions,
    order: numbers,
    nameOf,
    isAfterHour: step => facts.isAfterHour(nameOf(step)),
    errandOf: step => facts.errandOf(nameOf(step)),
    openIn: keepByDone(done => {
      const { ofSuspect, ofClient } = stateSeen(done)
      const isOpen = (node: number): boolean => ofSuspect.has(node) && !last.ofSuspect.has(node)
      const touched = new Set([...done].filter(changes).map(step => facts.thingOf(nameOf(step))))
      const half = [...keptOrThing].filter(node => isOpen(node) && touched.has(thingsOfNode[node] ?? ''))
      return {
        couldSeize: problem.keep
          .filter(node => isOpen(node) && ofClient.has(node))
          .map(node => nodes[node] ?? ''),
        halfClosed: [...new Set(half.map(node => thingsOfNode[node] ?? ''))],
      }
    }),
  }
}

/** What follows from the steps that are done, found once: the same states are asked for again and again. */
function keepByDone<Found>(find: (done: ReadonlySet<number>) => Found): (done: ReadonlySet<number>) => Found {
  const kept = new Map<string, Found>()
  return done => {
    const name = nameOfSet(done)
    const before = kept.get(name)
    if (before !== undefined) return before
    const found = find(done)
    kept.set(name, found)
    return found
  }
}

/** The same for the same steps, in whatever order they were done: a bit for each. */
function nameOfSet(done: ReadonlySet<number>): string {
  const parts: number[] = []
  for (const step of done) parts[step >> 5] = (parts[step >> 5] ?? 0) | (1 << (step & 31))
  return parts.join(' ')
}
