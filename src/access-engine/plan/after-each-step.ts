import type { AccessMap, Belief } from '../reach/map.ts'
import { makeNaiveClosure } from '../reach/naive-closure.ts'
import { makeLeftFinder } from './left-to-seize.ts'

/** The state of things after one step of an order. */
export type StateAfterStep = {
  readonly step: string
  readonly isNoticed: boolean
  /** Everything the suspected person holds then. */
  readonly ofSuspect: ReadonlySet<string>
  /** What is protected and the suspected person still reaches. */
  readonly stillReached: readonly string[]
  /** What the client keeps and the suspected person reaches too: what could be taken from the client in that hour. */
  readonly couldSeize: readonly string[]
  /**
   * What the client keeps and the suspected person no longer reaches, but could still try to get back: another kept
   * thing, which they do reach, opened it before the plan.
   */
  readonly couldRegain: readonly string[]
  /** The suspected person may know by now that something is being done. */
  readonly isNoticedByThen: boolean
}

/**
 * For every step of an order: what is open after it, what could be taken from the client then, and whether it is
 * noticed by then.
 */
export function findStatesAfterSteps(
  map: AccessMap,
  level: Belief,
  order: readonly string[],
  on?: string,
): readonly StateAfterStep[] {
  const closure = makeNaiveClosure(map, level, on)
  const stepOf = new Map(map.steps.map(step => [step.id, step]))
  const findLeft = makeLeftFinder(map, level, order, on, closure)
  const done = new Set<string>()
  let noticed = false
  return order.map(id => {
    done.add(id)
    const isNoticed = stepOf.get(id)?.alerts ?? false
    noticed ||= isNoticed
    const ofSuspect = closure('suspect', done)
    const ofClient = closure('client', done)
    const stillReached = map.protect.map(({ node }) => node).filter(node => ofSuspect.has(node))
    const couldSeize = map.keep.filter(node => ofClient.has(node) && ofSuspect.has(node))
    return {
      step: id,
      isNoticed,
      ofSuspect,
      stillReached,
      couldSeize,
      couldRegain: findLeft(ofSuspect).kept.filter(node => !ofSuspect.has(node)),
      isNoticedByThen: noticed,
    }
  })
}
