import type { FormProblem } from '../../../foundation/decision.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, goTo } from '../../../web/answer.ts'
import { readOnce } from '../../../web/form.ts'
import { type FormFields, fieldText, type PageRequest } from '../../../web/request.ts'
import { changeOrder } from '../../operations/change-order.ts'
import { loadOrders } from '../../operations/load-orders.ts'
import type { OrderKind } from '../../order.ts'
import { keepChange, type OrderForm, showOrderForm, takeOrderForm } from '../parts/order-form.ts'
import { findOrder, type OrderOfCase, orderPage, sayOrderRefusal } from '../parts/order-frame.ts'
import { parseKind, type ReadOrder, readOrderForm } from './form.ts'
import { correctionView, kindsView, newOrderView } from './view.ts'

/** The kinds to choose from, and for a chosen kind the form that records an order of it. */
export function askForOrder(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return showNew(visit, parseKind(request.query.get('kind') ?? ''), new Map(), [])
}

/** Records an order with its dates and the terms that were ticked. */
export async function takeOrder(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { form } = request
  const { zone } = await visit.onCase(transaction => loadOrders(visit.clinic, transaction, visit.caseId))
  const read = readOrderForm(form, zone, visit.clinic.clock.now())
  const kind = parseKind(fieldText(form, 'kind'))
  if (!read.ok) return showNew(visit, kind, form, read.problems)
  const change = { kind: 'record', ...read.value, requestedOn: null, necessity: '', limits: '' } as const
  const result = await visit.onCase(transaction =>
    changeOrder(visit.clinic, transaction, visit.staff.personId, visit.caseId, null, change, readOnce(form)),
  )
  if (result.allowed) return goTo(`/cases/${visit.caseId}/orders/${result.orderId}`)
  return showNew(visit, kind, form, [{ field: 'made', message: sayOrderRefusal(result.because) }])
}

async function showNew(
  visit: CaseVisit,
  kind: OrderKind | null,
  typed: FormFields,
  problems: readonly FormProblem[],
): Promise<Answer> {
  const path = `/cases/${visit.caseId}/orders`
  const back = { href: path, text: 'Back to orders' }
  // The case is opened for the first question too: it is a page of the case, and the access is recorded.
  const { zone, today } = await visit.onCase(transaction =>
    loadOrders(visit.clinic, transaction, visit.caseId),
  )
  if (kind === null) return orderPage(visit, { title: 'Record an order', back, body: kindsView(path) })
  return orderPage(visit, {
    title: 'Record an order',
    problems,
    back: { href: `${path}/new`, text: 'Back to the kinds of order' },
    body: newOrderView(visit, { kind, zone, today, typed, problems }),
  })
}

const correctionForm: OrderForm<OrderOfCase, ReadOrder> = {
  find: findOrder,
  title: () => 'Correct or complete the order',
  at: () => 'correct',
  seen: ({ file }) => file.revision,
  view: correctionView,
  read: (form, { all }, now) => readOrderForm(form, all.zone, now),
  keep: keepChange('made', ({ facts }) => ({ kind: 'correct', facts })),
}

/** The form that corrects or completes an order: when it was made, when it was served. */
export function askForCorrection(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return showOrderForm(correctionForm, request, visit)
}

/** Saves it as a new revision. */
export function takeOrderCorrection(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return takeOrderForm(correctionForm, request, visit)
}
