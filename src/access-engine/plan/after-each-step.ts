import type { AccessMap, Belief } from '../reach/map.ts'
import { makeNaiveClosure } from '../reach/naive-closure.ts'

/** How things stand once a step of an order is taken. */
export type StateAfterStep = {
  readonly step: string
  readonly isNoticed: boolean
  /** Everything he holds then. */
  readonly ofSuspect: ReadonlySet<string>
  /** What is protected and still reached by him. */
  readonly stillReached: readonly string[]
  /** What she keeps and he reaches too: what he could take from her if he hit back in that hour. */
  readonly couldSeize: readonly string[]
  /** Something is noticed by now and something is left to seize: the steps belong in one sitting. */
  readonly inOneSitting: boolean
}

/** For every step of an order what is left open after it, what he could take from her then, and whether he knows by then. */
export function findStatesAfterSteps(
  map: AccessMap,
  level: Belief,
  order: readonly string[],
  on?: string,
): readonly StateAfterStep[] {
  const closure = makeNaiveClosure(map, level, on)
  const stepOf = new Map(map.steps.map(step => [step.id, step]))
  const done = new Set<string>()
  let noticed = false
  return order.map((id, index) => {
    done.add(id)
    const isNoticed = stepOf.get(id)?.alerts ?? false
    noticed ||= isNoticed
    const ofSuspect = closure('suspect', done)
    const ofClient = closure('client', done)
    const stillReached = map.protect.map(({ node }) => node).filter(node => ofSuspect.has(node))
    const couldSeize = map.keep.filter(node => ofClient.has(node) && ofSuspect.has(node))
    const isLast = index === order.length - 1
    return {
      step: id,
      isNoticed,
      ofSuspect,
      stillReached,
      couldSeize,
      inOneSitting: noticed && !isLast && couldSeize.length > 0,
    }
  })
}
