import { findStatesAfterSteps, type StateAfterStep } from '../../access-engine/plan/after-each-step.ts'
import { startHighs } from '../../access-engine/plan/highs-solver.ts'
import { type OrderAnswer, planLockOutInOrder } from '../../access-engine/plan/lock-out-plan.ts'
import type { AccessMap } from '../../access-engine/reach/map.ts'
import { type Calculation, calculate, type MayCalculate } from '../../platform/calculation.ts'

/** Milliseconds for a plan. After that the best so far is shown with its gap. */
const patience = 8_000

export type PlannedLockOut = {
  readonly answer: OrderAnswer
  readonly statesAfterSteps: readonly StateAfterStep[]
}

type Asked = { readonly map: AccessMap; readonly never: readonly string[] }

/**
 * Plans the lock-out of a map and its safe order together. Steps that the client will not take are left out. It may
 * take seconds and holds no transaction.
 */
export function planLockOutFor(
  clinic: MayCalculate,
  map: AccessMap,
  never: readonly string[],
): Promise<PlannedLockOut> {
  return calculate(clinic, lockOutPlanning, { map, never })
}

export const lockOutPlanning: Calculation<Asked, PlannedLockOut> = {
  name: 'plan-lock-out',
  limit: 3 * patience,
  run: plan,
}

async function plan({ map, never }: Asked): Promise<PlannedLockOut> {
  const solver = startHighs()
  try {
    const known = new Set(map.steps.map(step => step.id))
    const answer = await planLockOutInOrder(map, solver, {
      limit: patience,
      wishes: { leave: never.filter(step => known.has(step)) },
    })
    return { answer, statesAfterSteps: findStatesAfterSteps(map, 'possible', answer.order) }
  } finally {
    await solver.end()
  }
}
