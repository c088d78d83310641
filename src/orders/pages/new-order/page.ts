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
import { type OrderKind, orderKinds } from '../../order.ts'
import { lawOf } from '../../order-law.ts'
import { limitsHint } from '../../terms.ts'
import { findOrder, noOrder, orderPage, sayOrderRefusal, seenIn } from '../parts/order-frame.ts'
import { templateChoices } from '../parts/term-templates.ts'
import { readOrderForm } from './form.ts'
import { fillFromOrder, kindChoices, kindsView, orderFieldsView } from './view.ts'

const parseKind = (text: string): OrderKind | null => orderKinds.find(each => each === text) ?? null

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
  // Opened for the first question too: it is a page of the case, and the look is recorded.
  const { zone, today } = await visit.onCase(transaction =>
    loadOrders(visit.clinic, transaction, visit.caseId),
  )
  if (kind === null) return orderPage(visit, { title: 'Record an order', back, body: kindsView(path) })
  const { tick } = fieldWriter(typed, problems)
  return orderPage(visit, {
    title: 'Record an order',
    problems,
    back: { href: `${path}/new`, text: 'Back to the kinds of order' },
    body: html`<h2 class="govuk-heading-m" id="kind">${lawOf(kind).name}</h2>${startForm(
      { action: `${path}/new`, csrfToken: visit.csrfToken, once: readOnce(typed) ?? newOnce() },
      html`<input type="hidden" name="kind" value="${kind}">`,
      orderFieldsView(typed, problems, { kind, zone, today }),
      tick('templates', 'Which terms does it have? (optional)', templateChoices, {
        hint: `In our words, to be found by. Terms in the court’s own words are added on the next page. ${limitsHint}`,
      }),
      button({ text: 'Record the order', preventDoubleClick: true }),
    )}`,
  })
}

/** The form that corrects or completes an order: when it was made, when it was served. */
export function askForCorrection(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return showCorrection(request, visit, null, [], 200)
}

/** Saves it as a new revision. */
export async function takeOrderCorrection(request: PageRequest, visit: CaseVisit): Promise<Answer> {
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
  return showCorrection(request, visit, form, [{ field: 'made', message }], 409)
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
  const filled = typed ?? fillFromOrder(file.order, all.zone)
  const kind = parseKind(fieldText(filled, 'kind')) ?? file.order.kind
  const { choose } = fieldWriter(filled, problems)
  return orderPage(visit, {
    title: 'Correct or complete the order',
    problems,
    status,
    back: { href: path, text: 'Back to the order' },
    body: startForm(
      { action: `${path}/correct`, csrfToken: visit.csrfToken },
      html`<input type="hidden" name="seen" value="${seen}">`,
      choose('kind', 'What kind of order is it?', kindChoices),
      orderFieldsView(filled, problems, { kind, zone: all.zone, today: all.today }),
      button({ text: 'Save', preventDoubleClick: true }),
    ),
  })
}
