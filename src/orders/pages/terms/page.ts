import { z } from 'zod'
import { actCodes, parseActCode, sayActCode } from '../../../chronology/act-codes.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { parseId, type TermId } from '../../../foundation/ids.ts'
import { findActCheck } from '../../../identity/check-act.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, goTo } from '../../../web/answer.ts'
import { button } from '../../../web/components/button.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { startForm } from '../../../web/form.ts'
import { anyOf, oneOf, requiredText } from '../../../web/form-fields.ts'
import { problemsOf } from '../../../web/form-problems.ts'
import { html } from '../../../web/html.ts'
import { readDate } from '../../../web/read-date.ts'
import { readForm } from '../../../web/read-form.ts'
import { type FormFields, fieldText, type PageRequest } from '../../../web/request.ts'
import { changeOrder } from '../../operations/change-order.ts'
import { sayOrderKind } from '../../order-law.ts'
import { findOrder, noOrder, orderPage, sayOrderRefusal, seenIn } from '../parts/order-frame.ts'

const schema = z.object({
  termKind: oneOf(['prohibition', 'requirement'], 'Select whether it forbids or requires something'),
  words: requiredText({ what: 'The term', max: 2_000, enter: 'Enter the term as it stands in the order' }),
  codes: anyOf(actCodes.map(each => each.code)),
})

/** The form that adds a term in the court's own words. */
export function askForTerm(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return show(request, visit, null, [], 200)
}

/** Adds it to the order. */
export async function takeTerm(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { form } = request
  const found = await findOrder(request, visit)
  if (!found) return noOrder()
  const read = readForm(schema, form)
  const from = readDate(form, 'from', { what: 'the date it was put in', required: false })
  if (!read.ok || !from.ok) return show(request, visit, form, problemsOf(read, from), 422)
  const { orderId } = found.file
  const { termKind: kind, words, codes } = read.value
  const term = { kind, words, codes: codes.map(parseActCode).filter(code => code !== null) }
  const result = await visit.onCase(transaction =>
    changeOrder(
      visit.clinic,
      transaction,
      visit.staff.personId,
      visit.caseId,
      { orderId, seen: seenIn(form) },
      { kind: 'add-term', term, from: from.value },
      null,
    ),
  )
  if (result.allowed) return goTo(`/cases/${visit.caseId}/orders/${orderId}`)
  return show(request, visit, form, [{ field: 'words', message: sayOrderRefusal(result.because) }], 409)
}

/** Takes a term out of the order from today on, once what follows was read; what was a breach of it before stays so. */
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
  // A term that somebody took out a moment ago is out: the order is shown as it is.
  return result.allowed || result.because === 'changed-meanwhile' ? goTo(path) : noOrder()
}

async function show(
  request: PageRequest,
  visit: CaseVisit,
  typed: FormFields | null,
  problems: readonly FormProblem[],
  status: number,
): Promise<Answer> {
  const found = await findOrder(request, visit)
  if (!found) return noOrder()
  const path = `/cases/${visit.caseId}/orders/${found.file.orderId}`
  const { choose, words, tick, date } = fieldWriter(typed ?? new Map(), problems)
  const seen = typed && status !== 409 ? fieldText(typed, 'seen') : found.file.revision
  return orderPage(visit, {
    title: 'Add a term',
    problems,
    status,
    back: { href: path, text: 'Back to the order' },
    body: startForm(
      { action: `${path}/terms`, csrfToken: visit.csrfToken },
      html`<input type="hidden" name="seen" value="${seen}">`,
      choose('termKind', 'What does it do?', [
        { value: 'prohibition', text: 'It forbids something' },
        { value: 'requirement', text: 'It requires something' },
      ]),
      words('words', 'The term, as it stands in the order', { rows: 3 }),
      tick(
        'codes',
        'Which acts may breach it? (optional)',
        actCodes.map(({ code, hint }) => ({ value: code, text: sayActCode(code), hint })),
        { hint: 'Select none, and every incident after the making is shown for a person to look at' },
      ),
      date('from', 'When was it put in? (optional)', { hint: 'Only where a variation put it in later' }),
      button({ text: 'Add the term', preventDoubleClick: true }),
    ),
  })
}
