import { findStatesAfterSteps, type StateAfterStep } from '../../access-engine/plan/after-each-step.ts'
import { startHighs } from '../../access-engine/plan/highs-solver.ts'
import { type OrderAnswer, planLockOutInOrder } from '../../access-engine/plan/lock-out-plan.ts'
import type { AccessMap } from '../../access-engine/reach/map.ts'
import { type Calculation, calculate, type MayCalculate } from '../../platform/calculation.ts'
import { numberOfObject } from '../../platform/kept-by-object.ts'
import { keepLately } from '../../platform/kept-lately.ts'

/** Milliseconds for a plan. After that the best so far is shown with its gap. */
const patience = 8_000

export type PlannedLockOut = {
  readonly answer: OrderAnswer
  readonly statesAfterSteps: readonly StateAfterStep[]
}

type Asked = { readonly map: AccessMap; readonly never: readonly string[] }

/**
 * Plans that were found lately and that more time would not change, each of one map and of what is left out; characters in all. A map is drawn once for each
 * revision and never changed (`kept-drawings.ts`), and anyone who holds it was let in to its case: it is known by the very
 * object, so that a plan is found for no other map.
 */
const found = keepLately<PlannedLockOut>(8 * 1024 * 1024)

/**
 * Plans the lock-out of a map and its safe order together. Steps that the client will not take are left out. It may
 * take seconds and holds no transaction. What more time would not change is not calculated again for the same map; what is only
 * the best so far is, because there may be more time for it now.
 */
export async function planLockOutFor(
  clinic: MayCalculate,
  map: AccessMap,
  never: readonly string[],
): Promise<PlannedLockOut> {
  const leave = map.steps.map(step => step.id).filter(step => never.includes(step))
  const name = nameOf(map, leave)
  const before = found.get(name)
  if (before) return before
  const planned = await calculate(clinic, lockOutPlanning, { map, never: leave })
  if (isForGood(planned.answer)) found.set(name, planned, JSON.stringify(planned).length)
  return planned
}

const nameOf = (map: AccessMap, leave: readonly string[]): string =>
  JSON.stringify([numberOfObject(map), ...leave])

/** A plan that was found lately for this very map; null where there is none, or where it has no order. */
export function findPlannedLockOut(
  map: AccessMap,
  leave: readonly string[],
): {
  readonly order: readonly string[]
  readonly opens: readonly string[]
  readonly isProven: boolean
  readonly why: string | null
} | null {
  const answer = found.get(nameOf(map, leave))?.answer
  if (!answer || answer.order.length === 0) return null
  const { order, stillReached, status, why } = answer
  return { order, opens: stillReached.map(each => each.node), isProven: status !== 'gap', why }
}

const isForGood = ({ status, isFinal }: OrderAnswer): boolean => status === 'infeasible' || isFinal

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
