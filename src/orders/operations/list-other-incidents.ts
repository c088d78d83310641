import { openPartInSight } from '../../audit/operations/open-part-in-sight.ts'
import { caseSealOf } from '../../cases/operations/open-case-seal.ts'
import type { Incident } from '../../chronology/incident.ts'
import { loadIncidentZone } from '../../chronology/operations/load-incident.ts'
import { listIncidentsInShort, openIncidents } from '../../chronology/operations/load-incidents-in-short.ts'
import type { CaseId, OrderId } from '../../foundation/ids.ts'
import {
  mostCounted,
  type PageOfList,
  type PlaceInList,
  pageOfShortList,
} from '../../foundation/page-of-list.ts'
import type { Transaction } from '../../platform/database.ts'
import { findPossibleBreaches } from '../breach.ts'
import { orderSchema } from '../order.ts'
import { loadSealedOrders } from '../store.ts'
import { fieldOfOrder } from './load-orders.ts'

/** The incidents that are not listed beside an order, a page of them. */
export type OtherIncidents = {
  /** Null when this person may not see incidents, so that none was opened. */
  readonly list: PageOfList<Incident> | null
  /** The page is of the incidents that were gone through, and there are more before them. */
  readonly isPart: boolean
}

/**
 * The incidents that are listed neither as possible breaches of an order nor for a decision, the last made first; null
 * where the case has no such order. Whether one is listed follows from what lies in the open of it and from the order: so
 * the list goes through as many incidents as a list counts, and opens those on the page.
 */
export async function listOtherIncidents(
  transaction: Transaction,
  caseId: CaseId,
  orderId: OrderId,
  place: PlaceInList,
): Promise<OtherIncidents | null> {
  const [seal, zone, { orders, decisions }] = await Promise.all([
    caseSealOf(transaction, caseId),
    loadIncidentZone(transaction, caseId),
    loadSealedOrders(transaction, caseId),
  ])
  const newest = orders.find(each => each.orderId === orderId)
  if (!newest) return null
  if (!(await openPartInSight(transaction, { caseId, part: 'chronology', mode: 'read' })))
    return { list: null, isPart: false }
  const text = seal.openNow(fieldOfOrder(orderId, newest.revision), newest.sealed)
  const order = orderSchema.parse(JSON.parse(text))
  const found = await listIncidentsInShort(transaction, caseId, place.after)
  const through = found.slice(0, mostCounted)
  const listed = new Set([
    ...findPossibleBreaches([{ orderId, order }], through, zone).map(each => each.incidentId),
    ...decisions.filter(each => each.orderId === orderId).map(each => each.incidentId),
  ])
  const others = through.filter(each => !listed.has(each.incidentId))
  const page = pageOfShortList(others, place)
  const isPart = found.length > through.length
  const next = isPart && page.page === page.pages ? (through.at(-1)?.incidentId ?? null) : null
  const lines = await openIncidents(
    transaction,
    caseId,
    page.lines.map(each => each.incidentId),
  )
  return { list: { ...page, lines, after: place.after, next }, isPart }
}
