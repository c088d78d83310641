import type { FormProblem } from '../../../foundation/decision.ts'
import { type OrderId, parseId } from '../../../foundation/ids.ts'
import { caseNavigation } from '../../../identity/case-navigation.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { staffPage } from '../../../identity/staff-page.ts'
import type { Transaction } from '../../../platform/database.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import { problemSummary, titleWithProblems } from '../../../web/form-problems.ts'
import { type Html, html } from '../../../web/html.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import { type FormFields, fieldText, type PageRequest } from '../../../web/request.ts'
import { loadOrders, type OrderFile, type OrdersOfCase } from '../../operations/load-orders.ts'
import type { OrderRefusal } from '../../order-change.ts'

/** The frame of a page of orders: its place in the case, its problems, its heading. */
export function orderPage(
  visit: CaseVisit,
  page: {
    readonly title: string
    readonly problems?: readonly FormProblem[]
    readonly body: Html
    readonly status?: number
    readonly back?: { readonly href: string; readonly text: string }
  },
): Answer {
  const problems = page.problems ?? []
  const body = html`${caseNavigation(visit, 'order')}${problemSummary(problems)}
<h1 class="govuk-heading-l">${page.title}</h1>
${page.body}`
  return showPage(
    staffPage(visit, {
      title: titleWithProblems(page.title, problems),
      body,
      ...(page.back ? { back: page.back } : {}),
    }),
    page.status ?? (problems.length > 0 ? 422 : 200),
  )
}

export type OrderOfCase = { readonly file: OrderFile; readonly all: OrdersOfCase }

/** The order that the address of a request names, with the rest of the case's orders; null when there is none. */
export function findOrder(request: PageRequest, visit: CaseVisit): Promise<OrderOfCase | null> {
  return findOrderAnd(request, visit, async (_transaction, found) => found)
}

/** The same, with what the page shows of it besides, read in the same transaction. */
export async function findOrderAnd<Shown>(
  request: PageRequest,
  visit: CaseVisit,
  load: (transaction: Transaction, found: OrderOfCase) => Promise<Shown>,
): Promise<Shown | null> {
  const orderId = parseId<OrderId>(request.params['order'] ?? '')
  if (!orderId) return null
  return visit.onCase(async transaction => {
    const all = await loadOrders(visit.clinic, transaction, visit.caseId)
    const file = all.orders.find(each => each.orderId === orderId)
    return file ? load(transaction, { file, all }) : null
  })
}

/** The answer when there is no such order. */
export function noOrder(): Answer {
  return showPage(problemPage(404), 404)
}

/** The revision that the form was made from. */
export function seenIn(form: FormFields): number {
  const seen = Number(fieldText(form, 'seen'))
  return Number.isSafeInteger(seen) ? seen : 0
}

/** Why an order was not changed, and what to do next, as it is on screen. */
export function sayOrderRefusal(because: OrderRefusal): string {
  switch (because) {
    case 'no-such-order':
      return 'This order is not in the case'
    case 'no-such-term':
      return 'This term is not in the order'
    case 'changed-meanwhile':
      return 'A colleague changed this order while you were writing. What you wrote is still here: look at the order, then save again to put yours in its place'
  }
}
