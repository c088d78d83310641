import { openPartInSight } from '../../audit/operations/open-part-in-sight.ts'
import { caseSealOf, openCaseSeal } from '../../cases/operations/open-case-seal.ts'
import type { Incident } from '../../chronology/incident.ts'
import { listNewestIncidents } from '../../chronology/operations/list-incidents.ts'
import { loadIncidentZone } from '../../chronology/operations/load-incident.ts'
import { type CalendarDay, dayAt } from '../../foundation/calendar-day.ts'
import type { CaseId, IncidentId, OrderId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { findPossibleBreaches, type PossibleBreach } from '../breach.ts'
import { type BreachDecision, breachWordsSchema } from '../breach-decision.ts'
import { type Order, orderSchema } from '../order.ts'
import { type OrdersInShort, orderInShort } from '../orders-in-short.ts'
import { loadOrderRevisions, loadSealedOrders } from '../store.ts'

/** The name under which a revision of an order is sealed. */
export function fieldOfOrder(orderId: OrderId, revision: number): string {
  return `order ${orderId} ${revision}`
}

/** The name under which the words of a decision are sealed. */
export function fieldOfDecision(orderId: OrderId, incidentId: IncidentId, decision: number): string {
  return `breach ${orderId} ${incidentId} ${decision}`
}

export type OrderFile = { readonly orderId: OrderId; readonly revision: number; readonly order: Order }

/** An incident beside an order: what speaks for a breach, and what people made of it. */
export type BreachLine = PossibleBreach & {
  /** False when a person recorded it, or is about to, and the program did not find it. */
  readonly isFound: boolean
  readonly decisions: readonly BreachDecision[]
}

/** The orders of a case with what is beside them. */
export type OrdersOfCase = {
  readonly orders: readonly OrderFile[]
  readonly breaches: readonly BreachLine[]
  readonly incidents: readonly Incident[]
  readonly zone: string
  readonly today: CalendarDay
  /** False when this person may not see incidents, so that none was opened. */
  readonly knowsIncidents: boolean
}

/**
 * The orders of a case that is open for them, and the incidents that may be breaches, if this person may see
 * incidents. That access is recorded too.
 */
export async function loadOrders(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
): Promise<OrdersOfCase> {
  const loadNow = async () =>
    (await openPartInSight(transaction, { caseId, part: 'chronology', mode: 'read' }))
      ? listNewestIncidents(transaction, caseId)
      : null
  const [seal, zone, sealed, seen] = await Promise.all([
    openCaseSeal(clinic, transaction, caseId),
    loadIncidentZone(transaction, caseId),
    loadSealedOrders(transaction, caseId),
    loadNow(),
  ])
  const orders: OrderFile[] = []
  for (const { orderId, revision, sealed: body } of sealed.orders) {
    const text = await seal.open(fieldOfOrder(orderId, revision), body)
    orders.push({ orderId, revision, order: orderSchema.parse(JSON.parse(text)) })
  }
  const incidents = seen ?? []
  const decided = new Map<string, BreachDecision[]>()
  for (const row of sealed.decisions) {
    const text = await seal.open(fieldOfDecision(row.orderId, row.incidentId, row.decision), row.sealed)
    const key = `${row.orderId} ${row.incidentId}`
    const { decision, at, byName, isConfirmed } = row
    const line = { ...breachWordsSchema.parse(JSON.parse(text)), decision, at, byName, isConfirmed }
    decided.set(key, [...(decided.get(key) ?? []), line])
  }
  const found = new Map(
    findPossibleBreaches(orders, incidents, zone).map(each => [`${each.orderId} ${each.incidentId}`, each]),
  )
  // Beside what was found is what a person recorded: an incident that was found once may be described differently
  // now.
  const breaches = orders.flatMap(({ orderId }) =>
    incidents.flatMap((incident): readonly BreachLine[] => {
      const key = `${orderId} ${incident.incidentId}`
      const decisions = decided.get(key) ?? []
      const line = found.get(key)
      if (line) return [{ ...line, isFound: true, decisions }]
      return decisions.length > 0 ? [{ ...makeLine(orderId, incident), decisions }] : []
    }),
  )
  const today = dayAt(transaction.now, zone)
  return { orders, breaches, incidents, zone, today, knowsIncidents: seen !== null }
}

/** The newest revision of each order of a case, and beside which incidents somebody has decided on a breach. */
export async function loadOrdersInShort(transaction: Transaction, caseId: CaseId): Promise<OrdersInShort> {
  const [seal, sealed] = await Promise.all([
    caseSealOf(transaction, caseId),
    loadSealedOrders(transaction, caseId),
  ])
  const orders = sealed.orders.map(({ orderId, revision, sealed: body }) => {
    const text = seal.openNow(fieldOfOrder(orderId, revision), body)
    return { orderId, order: orderInShort(orderSchema.parse(JSON.parse(text))) }
  })
  return { orders, decided: sealed.decisions.map(({ orderId, incidentId }) => ({ orderId, incidentId })) }
}

/** The entry for an incident that was not found beside this order, so that a person can record it anyway. */
export function makeLine(orderId: OrderId, { incidentId, number, newest }: Incident): BreachLine {
  const isCoded = newest.codes.length > 0
  return { orderId, incidentId, number, doubts: [], terms: [], isCoded, isFound: false, decisions: [] }
}

export type OrderRevision = {
  readonly revision: number
  readonly at: Date
  readonly byName: string
  readonly change: string
}

/** Every revision of an order, the newest first. */
export async function listOrderRevisions(
  transaction: Transaction,
  caseId: CaseId,
  orderId: OrderId,
): Promise<readonly OrderRevision[]> {
  return (await loadOrderRevisions(transaction, caseId, orderId)).map(({ revision, at, byName, change }) => ({
    revision,
    at,
    byName,
    change,
  }))
}
