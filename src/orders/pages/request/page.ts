import { sayDay } from '../../../foundation/calendar-day.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, goTo } from '../../../web/answer.ts'
import { button } from '../../../web/components/button.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { newOnce, readOnce, startForm } from '../../../web/form.ts'
import { html } from '../../../web/html.ts'
import { readForm } from '../../../web/read-form.ts'
import type { FormFields, PageRequest } from '../../../web/request.ts'
import { changeOrder } from '../../operations/change-order.ts'
import { loadOrders } from '../../operations/load-orders.ts'
import { loadStatutoryGrounds } from '../../operations/load-statutory-grounds.ts'
import { nothingAnswered } from '../../order-change.ts'
import { meaningOfStatutoryGrounds } from '../../spo-grounds.ts'
import { limitsHint } from '../../terms.ts'
import { findOrderAnd, noOrder, orderPage, sayOrderRefusal } from '../parts/order-frame.ts'
import { readTemplates, templateChoices } from '../parts/term-templates.ts'
import { requestForm } from './form.ts'
import { statutoryGroundsView } from './view.ts'

/** What the file has for each of the three statutory grounds, and the form that asks the police to apply. */
export function askForSpoRequest(_request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return show(visit, new Map(), [])
}

/** Keeps the request, as an order that is asked for. */
export async function takeSpoRequest(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { form } = request
  const read = readForm(requestForm, form)
  if (!read.ok) return show(visit, form, read.problems)
  const { force, necessity, limits, templates } = read.value
  const result = await visit.onCase(async transaction => {
    const { today } = await loadOrders(visit.clinic, transaction, visit.caseId)
    const facts = { ...nothingAnswered, kind: 'spo', force } as const
    const terms = readTemplates(templates)
    return changeOrder(
      visit.clinic,
      transaction,
      visit.staff.personId,
      visit.caseId,
      null,
      { kind: 'record', facts, terms, requestedOn: today, necessity, limits },
      readOnce(form),
    )
  })
  if (result.allowed) return goTo(`/cases/${visit.caseId}/orders/${result.orderId}/request`)
  return show(visit, form, [{ field: 'necessity', message: sayOrderRefusal(result.because) }])
}

async function show(visit: CaseVisit, typed: FormFields, problems: readonly FormProblem[]): Promise<Answer> {
  const found = await visit.onCase(transaction =>
    loadStatutoryGrounds(visit.clinic, transaction, visit.caseId),
  )
  const path = `/cases/${visit.caseId}/orders`
  const { words, line, tick } = fieldWriter(typed, problems)
  const body = html`${insetText({ text: meaningOfStatutoryGrounds })}${statutoryGroundsView(visit, found)}<h2 class="govuk-heading-m">The request</h2>${startForm(
    { action: `${path}/request`, csrfToken: visit.csrfToken, once: readOnce(typed) ?? newOnce() },
    line('force', 'Police force (optional)', {
      hint: 'The force of the area where the suspected person lives, is believed to be, or is going to',
    }),
    words('necessity', 'Why is an order needed to protect the client?', { rows: 6 }),
    tick('templates', 'Which terms do you propose?', templateChoices, {
      hint: 'Each term must be needed. Own words can be added once the request is saved',
    }),
    words('limits', 'What should the terms keep clear of? (optional)', { hint: limitsHint }),
    button({ text: 'Save the request', preventDoubleClick: true }),
  )}`
  return orderPage(visit, {
    title: 'Ask for a Stalking Protection Order',
    problems,
    back: { href: path, text: 'Back to orders' },
    body,
  })
}

/** The request as it is printed or handed on by the liaison. */
export async function showRequest(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const found = await findOrderAnd(request, visit, async (transaction, { file, all }) =>
    file.order.requestedOn === null
      ? null
      : { file, shown: await loadStatutoryGrounds(visit.clinic, transaction, visit.caseId, all) },
  )
  if (!found) return noOrder()
  const { shown } = found
  const { order, orderId } = found.file
  const body = html`<p class="govuk-body">Saved on ${sayDay(order.requestedOn ?? '')}${order.force !== '' && html`, for <bdi>${order.force}</bdi>`}. It shows the incidents as they are described today.</p>
${insetText({ text: meaningOfStatutoryGrounds })}${statutoryGroundsView(visit, shown)}
<h2 class="govuk-heading-m">Why an order is needed</h2><p class="govuk-body keeps-lines" dir="auto">${order.necessity}</p>
${
  order.limits !== '' &&
  html`<h2 class="govuk-heading-m">What the terms should keep clear of</h2><p class="govuk-body keeps-lines" dir="auto">${order.limits}</p>`
}
<h2 class="govuk-heading-m">Proposed terms</h2><ol class="govuk-list govuk-list--number">${order.terms.map(term => html`<li><bdi>${term.words}</bdi></li>`)}</ol>`
  return orderPage(visit, {
    title: 'Request for a Stalking Protection Order',
    back: { href: `/cases/${visit.caseId}/orders/${orderId}`, text: 'Back to the order' },
    body,
  })
}
