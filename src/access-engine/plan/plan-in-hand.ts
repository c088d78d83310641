import type { AccessMap } from '../reach/map.ts'
import { makeNaiveClosure } from '../reach/naive-closure.ts'
import { verifyPlan } from './verify-plan.ts'
import { verifyStepOrder } from './verify-step-order.ts'

/** Whether the steps of a plan can still be taken in their order, and what stays open when all are taken. */
export type PlanInHand = {
  /** Every condition holds at every step, and the client loses nothing they keep. */
  readonly isSound: boolean
  /** What is protected and stays open after the last step. */
  readonly opens: readonly string[]
}

/**
 * Replays the steps that are left on the current map. A plan may be kept only while it is sound, no matter who sends
 * it. Leaving something open does not make it unsound, because the client may choose that; it is reported.
 */
// Rule S9: stopping half-way never leaves the client worse off
export function weighPlanInHand(now: AccessMap, left: readonly string[]): PlanInHand {
  const everything = now.protect.map(({ node }) => node)
  const faults = verifyPlan(now, 'possible', { steps: left, cost: 0, stillReached: everything })
  const isSound =
    new Set(left).size === left.length &&
    verifyStepOrder(now, 'possible', left).length === 0 &&
    faults.every(({ fault }) => fault === 'cost')
  const ofSuspect = makeNaiveClosure(now, 'possible')('suspect', new Set(left))
  return { isSound, opens: [...new Set(everything)].filter(node => ofSuspect.has(node)) }
}
