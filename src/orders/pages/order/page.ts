import type { CaseVisit } from '../../../identity/route.ts'
import type { Answer } from '../../../web/answer.ts'
import type { PageRequest } from '../../../web/request.ts'
import { listOrderRevisions } from '../../operations/load-orders.ts'
import { sayOrderKind } from '../../order-law.ts'
import { findOrder, noOrder, orderPage } from '../parts/order-frame.ts'
import { orderView } from './view.ts'

/** One order: its dates, its terms, what may be a breach of it, and every revision of it. */
export async function showOrder(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const found = await findOrder(request, visit)
  if (!found) return noOrder()
  const revisions = await visit.onCase(transaction =>
    listOrderRevisions(transaction, visit.caseId, found.file.orderId),
  )
  const mayChange = visit.sees('order', 'write')
  return orderPage(visit, {
    title: sayOrderKind(found.file.order.kind),
    back: { href: `/cases/${visit.caseId}/orders`, text: 'Back to orders' },
    body: orderView(visit, { ...found, revisions, mayChange }),
  })
}
