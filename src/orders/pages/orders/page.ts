import type { CaseVisit } from '../../../identity/route.ts'
import type { Answer } from '../../../web/answer.ts'
import type { PageRequest } from '../../../web/request.ts'
import { loadOrders } from '../../operations/load-orders.ts'
import { orderPage } from '../parts/order-frame.ts'
import { ordersView } from './view.ts'

/** The orders of a case, and the incidents that may be breaches and wait for a person. */
export async function showOrders(_request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const all = await visit.onCase(transaction => loadOrders(visit.clinic, transaction, visit.caseId))
  const mayChange = visit.sees('order', 'write')
  return orderPage(visit, { title: 'Orders', body: ordersView(visit, all, mayChange) })
}
