import type { CaseVisit } from '../../../identity/route.ts'
import type { Answer } from '../../../web/answer.ts'
import type { PageRequest } from '../../../web/request.ts'
import { listOrderRevisions } from '../../operations/load-orders.ts'
import { sayOrderKind } from '../../order-law.ts'
import { findOrderAnd, noOrder, orderPage } from '../parts/order-frame.ts'
import { orderView } from './view.ts'

/** One order: its dates, its terms, what may be a breach of it, and every revision of it. */
export async function showOrder(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const found = await findOrderAnd(request, visit, async (transaction, order) => ({
    ...order,
    revisions: await listOrderRevisions(transaction, visit.caseId, order.file.orderId),
  }))
  if (!found) return noOrder()
  const mayChange = visit.sees('order', 'write')
  return orderPage(visit, {
    title: sayOrderKind(found.file.order.kind),
    back: { href: `/cases/${visit.caseId}/orders`, text: 'Back to orders' },
    body: orderView(visit, { ...found, mayChange }),
  })
}
