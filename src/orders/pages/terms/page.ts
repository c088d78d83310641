import { parseId, type TermId } from '../../../foundation/ids.ts'
import { findActCheck } from '../../../identity/check-act.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, goTo } from '../../../web/answer.ts'
import type { PageRequest } from '../../../web/request.ts'
import { changeOrder } from '../../operations/change-order.ts'
import { sayOrderKind } from '../../order-law.ts'
import { keepChange, type OrderForm, showOrderForm, takeOrderForm } from '../parts/order-form.ts'
import { findOrder, noOrder, type OrderOfCase, seenIn } from '../parts/order-frame.ts'
import { type ReadTerm, readTerm } from './form.ts'
import { termView } from './view.ts'

const termForm: OrderForm<OrderOfCase, ReadTerm> = {
  find: findOrder,
  title: () => 'Add a term',
  at: () => 'terms',
  seen: ({ file }) => file.revision,
  view: termView,
  read: readTerm,
  keep: keepChange('words', read => read),
}

/** The form that adds a term in the court's own words. */
export function askForTerm(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return showOrderForm(termForm, request, visit)
}

/** Adds it to the order. */
export function takeTerm(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return takeOrderForm(termForm, request, visit)
}

/**
 * Takes a term out of the order from today on, after what follows was read. What was a breach of it before stays one.
 */
export async function endTerm(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const found = await findOrder(request, visit)
  const termId = parseId<TermId>(request.params['term'] ?? '')
  const term = found?.file.order.terms.find(each => each.termId === termId)
  if (!found || !termId || !term) return noOrder()
  const { orderId, order } = found.file
  const path = `/cases/${visit.caseId}/orders/${orderId}`
  if (term.until !== null) return goTo(path)
  const page = findActCheck(visit, request.form, {
    title: 'Take this term out of the order?',
    chosen: [
      { key: 'Order', value: sayOrderKind(order.kind) },
      { key: 'The term', value: term.words },
    ],
    follows: [
      'Do it only when a court took it out. From today an incident is no longer held against this term.',
      'What was a breach of it before today stays one, and the term stays readable with the day on which it ended.',
    ],
    undo: 'Add it again in the court’s words. The order’s history shows both.',
    action: `${path}/terms/${termId}/end`,
    fields: { seen: String(found.file.revision) },
    button: 'Take the term out',
    back: { href: path, text: 'Back to the order' },
  })
  if (page) return page
  const result = await visit.onCase(transaction =>
    changeOrder(
      visit.clinic,
      transaction,
      visit.staff.personId,
      visit.caseId,
      { orderId, seen: seenIn(request.form) },
      { kind: 'end-term', termId, on: found.all.today },
      null,
    ),
  )
  // A term that somebody removed a moment ago is out: the order is shown as it is.
  return result.allowed || result.because === 'changed-meanwhile' ? goTo(path) : noOrder()
}
