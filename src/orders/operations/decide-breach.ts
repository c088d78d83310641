import { recordAct } from '../../audit/operations/record-act.ts'
import { openCaseSeal } from '../../cases/operations/open-case-seal.ts'
import type { Decision } from '../../foundation/decision.ts'
import type { CaseId, IncidentId, OrderId, PersonId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import type { BreachWords } from '../breach-decision.ts'
import { addBreachDecision, lockOrders } from '../store.ts'
import { fieldOfDecision, loadOrders, makeLine } from './load-orders.ts'

export type BreachRefusal = 'not-found' | 'changed-meanwhile'

/**
 * Keeps what a person made of an incident beside an order, with their reason, whether or not the program found it: a
 * breach can always be recorded. Another decision may follow; each stays. `seen` is how many decisions there were
 * before; when two people decide at once, the second one is told. The same form sent twice gets the same answer,
 * because the first counts already.
 */
export async function decideBreach(
  clinic: Clinic,
  transaction: Transaction,
  by: PersonId,
  caseId: CaseId,
  breach: { readonly orderId: OrderId; readonly incidentId: IncidentId; readonly seen: number },
  made: { readonly isConfirmed: boolean; readonly words: BreachWords },
): Promise<Decision<object, BreachRefusal>> {
  await lockOrders(transaction, caseId)
  const { orderId, incidentId } = breach
  const { orders, breaches, incidents } = await loadOrders(clinic, transaction, caseId)
  const incident = incidents.find(each => each.incidentId === incidentId)
  if (!incident || !orders.some(each => each.orderId === orderId))
    return { allowed: false, because: 'not-found' }
  const line =
    breaches.find(each => each.orderId === orderId && each.incidentId === incidentId) ??
    makeLine(orderId, incident)
  if (line.decisions.length !== breach.seen) return { allowed: false, because: 'changed-meanwhile' }
  const decision = line.decisions.length + 1
  const seal = await openCaseSeal(clinic, transaction, caseId)
  await addBreachDecision(transaction, caseId, by, {
    orderId,
    incidentId,
    decision,
    isConfirmed: made.isConfirmed,
    sealed: await seal.seal(fieldOfDecision(orderId, incidentId, decision), JSON.stringify(made.words)),
  })
  await recordAct(transaction, {
    verb: made.isConfirmed ? 'breach-confirmed' : 'breach-rejected',
    caseId,
    part: 'order',
    subject: incidentId,
  })
  return { allowed: true }
}
