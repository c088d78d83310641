import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { findStandings, type Standing } from '../after-each-step.ts'
import { type DrawnMap, drawUpMap } from '../draw-up-map.ts'
import { startHighs } from '../highs-solver.ts'
import { loadCatalogue } from '../load-catalogue.ts'
import { type OrderAnswer, planLockOutInOrder } from '../lockout-plan.ts'
import { loadInventory } from './load-inventory.ts'

/** How long a plan is looked for before the best so far is shown with its gap, in milliseconds. */
const patience = 8_000

export type PlannedLockOut = {
  readonly drawn: DrawnMap
  readonly answer: OrderAnswer
  readonly standings: readonly Standing[]
}

/** Reads the map of a case that is open for it, as it is now. */
export async function drawUpCase(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
): Promise<DrawnMap> {
  const { entries } = await loadCatalogue()
  const { inventory } = await loadInventory(clinic, transaction, caseId)
  return drawUpMap(inventory, entries)
}

/**
 * Plans the lock-out of a drawn map and its safe order together. Steps that she will not take are left out. It may take
 * seconds and holds no transaction.
 */
export async function planLockOutFor(drawn: DrawnMap, never: readonly string[]): Promise<PlannedLockOut> {
  const solver = startHighs()
  try {
    const known = new Set(drawn.map.steps.map(step => step.id))
    const answer = await planLockOutInOrder(drawn.map, solver, {
      limit: patience,
      wishes: { leave: never.filter(step => known.has(step)) },
    })
    return { drawn, answer, standings: findStandings(drawn.map, 'possible', answer.order) }
  } finally {
    await solver.end()
  }
}
