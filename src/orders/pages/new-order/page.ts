import type { FormProblem } from '../../../foundation/decision.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, goTo } from '../../../web/answer.ts'
import { button } from '../../../web/components/button.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { newOnce, readOnce, startForm } from '../../../web/form.ts'
import { html } from '../../../web/html.ts'
import { type FormFields, fieldText, type PageRequest } from '../../../web/request.ts'
import { changeOrder } from '../../operations/change-order.ts'
import { loadOrders } from '../../operations/load-orders.ts'
import { findOrder, noOrder, orderPage, sayOrderRefusal, seenIn } from '../order-frame.ts'
import { readOrderForm } from './form.ts'
import { fillFromOrder, orderFields, templateChoices } from './view.ts'

/** The form that records an order. */
export function askForOrder(_request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return showNew(visit, new Map(), [])
}

/** Records an order with its dates and the terms that were ticked. */
export async function takeOrder(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { form } = request
  const { zone } = await visit.onCase(transaction => loadOrders(visit.clinic, transaction, visit.caseId))
  const read = readOrderForm(form, zone, visit.clinic.clock.now())
  if (!read.ok) return showNew(visit, form, read.problems)
  const change = { kind: 'record', ...read.value, requestedOn: null, necessity: '' } as const
  const result = await visit.onCase(transaction =>
    changeOrder(visit.clinic, transaction, visit.staff.personId, visit.caseId, null, change, readOnce(form)),
  )
  if (result.allowed) return goTo(`/cases/${visit.caseId}/orders/${result.orderId}`)
  return showNew(visit, form, [{ field: 'kind', message: sayOrderRefusal(result.because) }])
}

async function showNew(
  visit: CaseVisit,
  typed: FormFields,
  problems: readonly FormProblem[],
): Promise<Answer> {
  const { zone } = await visit.onCase(transaction => loadOrders(visit.clinic, transaction, visit.caseId))
  const path = `/cases/${visit.caseId}/orders`
  const { tick } = fieldWriter(typed, problems)
  return orderPage(visit, {
    title: 'Record an order',
    problems,
    back: { href: path, text: 'Back to orders' },
    body: startForm(
      { action: `${path}/new`, csrfToken: visit.csrfToken, once: readOnce(typed) ?? newOnce() },
      orderFields(typed, problems, zone),
      tick('templates', 'Which terms does it have? (optional)', templateChoices, {
        hint: 'In our words, to be found by. Terms in the court’s own words are added on the next page',
      }),
      button({ text: 'Record the order', preventDoubleClick: true }),
    ),
  })
}

/** The form that corrects or completes an order: when it was made, when it was served. */
export function askForCorrection(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return showCorrection(request, visit, null, [], 200)
}

/** Saves it as a new revision. */
export async function takeCorrection(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { form } = request
  const found = await findOrder(request, visit)
  if (!found) return noOrder()
  const read = readOrderForm(form, found.all.zone, visit.clinic.clock.now())
  if (!read.ok) return showCorrection(request, visit, form, read.problems, 422)
  const { orderId } = found.file
  const result = await visit.onCase(transaction =>
    changeOrder(
      visit.clinic,
      transaction,
      visit.staff.personId,
      visit.caseId,
      { orderId, seen: seenIn(form) },
      { kind: 'correct', facts: read.value.facts },
      readOnce(form),
    ),
  )
  if (result.allowed) return goTo(`/cases/${visit.caseId}/orders/${orderId}`)
  const message = sayOrderRefusal(result.because)
  return showCorrection(request, visit, form, [{ field: 'kind', message }], 409)
}

async function showCorrection(
  request: PageRequest,
  visit: CaseVisit,
  typed: FormFields | null,
  problems: readonly FormProblem[],
  status: number,
): Promise<Answer> {
  const found = await findOrder(request, visit)
  if (!found) return noOrder()
  const { file, all } = found
  const path = `/cases/${visit.caseId}/orders/${file.orderId}`
  const seen = typed && status !== 409 ? fieldText(typed, 'seen') : file.revision
  return orderPage(visit, {
    title: 'Correct or complete the order',
    problems,
    status,
    back: { href: path, text: 'Back to the order' },
    body: startForm(
      { action: `${path}/correct`, csrfToken: visit.csrfToken },
      html`<input type="hidden" name="seen" value="${seen}">`,
      orderFields(typed ?? fillFromOrder(file.order, all.zone), problems, all.zone),
      button({ text: 'Save', preventDoubleClick: true }),
    ),
  })
}
