import { findStandings, type Standing } from '../after-each-step.ts'
import { startHighs } from '../highs-solver.ts'
import { type OrderAnswer, planLockOutInOrder } from '../lockout-plan.ts'
import type { AccessMap } from '../map.ts'

/** How long a plan is looked for before the best so far is shown with its gap, in milliseconds. */
const patience = 8_000

export type PlannedLockOut = {
  readonly answer: OrderAnswer
  readonly standings: readonly Standing[]
}

/**
 * Plans the lock-out of a map as it stands and its safe order together. Steps that she will not take are left out. It
 * may take seconds and holds no transaction.
 */
export async function planLockOutFor(map: AccessMap, never: readonly string[]): Promise<PlannedLockOut> {
  const solver = startHighs()
  try {
    const known = new Set(map.steps.map(step => step.id))
    const answer = await planLockOutInOrder(map, solver, {
      limit: patience,
      wishes: { leave: never.filter(step => known.has(step)) },
    })
    return { answer, standings: findStandings(map, 'possible', answer.order) }
  } finally {
    await solver.end()
  }
}
