import { findReach } from '../../access-engine/reach/reach.ts'
import { isInfoKind, sayInfo } from '../../access-map/inventory/say-info.ts'
import { drawUpCase } from '../../access-map/operations/draw-up-case.ts'
import { openPartInSight } from '../../audit/operations/open-part-in-sight.ts'
import { loadConduct } from '../../chronology/operations/load-conduct.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { type AccessNow, findStatutoryGrounds, type StatutoryGround } from '../spo-grounds.ts'
import { loadOrders, type OrdersOfCase } from './load-orders.ts'

/** What the file has for each statutory ground of a Stalking Protection Order, with the orders of the case. */
export type StatutoryGroundsOfCase = {
  readonly all: OrdersOfCase
  /** Null when this person may not see incidents. */
  readonly grounds: readonly StatutoryGround[] | null
}

/**
 * Gathers the statutory grounds for somebody who may see the orders of an open case: from the incidents and the
 * access map, as far as this person may see each. That access is recorded.
 *
 * @param known the orders, when the caller has loaded them in this transaction already
 */
export async function loadStatutoryGrounds(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
  known?: OrdersOfCase,
): Promise<StatutoryGroundsOfCase> {
  const all = known ?? (await loadOrders(clinic, transaction, caseId))
  if (!all.knowsIncidents) return { all, grounds: null }
  const conduct = await loadConduct(transaction, caseId)
  const breaches = all.breaches.map(({ number, decisions }) => ({
    number,
    isConfirmed: decisions.at(-1)?.isConfirmed ?? null,
  }))
  const access = await mayOpenParts(clinic, transaction, caseId)
  const file = { incidents: all.incidents, conduct, breaches, access }
  return { all, grounds: findStatutoryGrounds(file, all.zone, transaction.now) }
}

async function mayOpenParts(clinic: Clinic, transaction: Transaction, caseId: CaseId): Promise<AccessNow> {
  if (!(await openPartInSight(transaction, { caseId, part: 'map', mode: 'read' }))) return null
  const { map, inventory } = await drawUpCase(clinic, transaction, caseId)
  const reached = findReach(map, 'possible').flatMap(({ node }) => {
    const kind = node.startsWith('info:') ? node.slice('info:'.length) : ''
    return isInfoKind(kind) ? [sayInfo(kind)] : []
  })
  return { things: inventory.things.filter(each => !each.isGone).length, reached: [...new Set(reached)] }
}
