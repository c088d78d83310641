import { z } from 'zod'
import { sayWhen } from '../../../chronology/say-when.ts'
import { sayDay } from '../../../foundation/calendar-day.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { sayMoment } from '../../../foundation/say-date.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, goTo } from '../../../web/answer.ts'
import { button } from '../../../web/components/button.ts'
import { insetText } from '../../../web/components/inset-text.ts'
import { summaryList } from '../../../web/components/summary-list.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { startForm } from '../../../web/form.ts'
import { oneOf, optionalText, requiredText } from '../../../web/form-fields.ts'
import { problemsOf } from '../../../web/form-problems.ts'
import { html } from '../../../web/html.ts'
import { readDate } from '../../../web/read-date.ts'
import { readForm } from '../../../web/read-form.ts'
import { type FormFields, fieldText, type PageRequest } from '../../../web/request.ts'
import { meaningOfBreach, sayBreachTime } from '../../breach.ts'
import { decideBreach } from '../../operations/decide-breach.ts'
import { makeLine } from '../../operations/load-orders.ts'
import { lawOf } from '../../order-law.ts'
import { sayNotFound } from '../../say-not-found.ts'
import { sayKnew, sayMade, sayServed } from '../../say-served.ts'
import { findOrder, noOrder, orderPage, seenIn } from '../parts/order-frame.ts'

const schema = z.object({
  taken: oneOf(['yes', 'no'], 'Select what you make of it'),
  reason: requiredText({ what: 'The reason', max: 2_000, enter: 'Enter why' }),
  policeReference: optionalText({ what: 'The police reference', max: 100 }),
})

/** One incident beside an order, for a person to decide on. */
export function showBreach(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return show(request, visit, null, [], 200)
}

/** Keeps what the person made of it, with the reason. */
export async function takeBreach(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { form } = request
  const found = await find(request, visit)
  if (!found) return noOrder()
  const read = readForm(schema, form)
  const told = readDate(form, 'told', { what: 'the date the police were told', required: false })
  if (!read.ok || !told.ok) return show(request, visit, form, problemsOf(read, told), 422)
  if (told.value !== null && told.value > found.all.today)
    return show(
      request,
      visit,
      form,
      [{ field: 'told-day', message: 'The date the police were told must be today or in the past' }],
      422,
    )
  const { orderId, incidentId } = found.line
  const { reason, policeReference, taken } = read.value
  const result = await visit.onCase(transaction =>
    decideBreach(
      visit.clinic,
      transaction,
      visit.staff.personId,
      visit.caseId,
      { orderId, incidentId, seen: seenIn(form) },
      { isConfirmed: taken === 'yes', words: { reason, policeReference, toldPoliceOn: told.value } },
    ),
  )
  if (result.allowed) return goTo(`/cases/${visit.caseId}/orders/${orderId}`)
  if (result.because === 'not-found') return noOrder()
  const message =
    'A colleague decided on this while you were writing. What they wrote is below; yours is still here'
  return show(request, visit, form, [{ field: 'taken', message }], 409)
}

async function find(request: PageRequest, visit: CaseVisit) {
  const found = await findOrder(request, visit)
  const incident = found?.all.incidents.find(each => each.incidentId === request.params['incident'])
  if (!found || !incident) return null
  const { orderId } = found.file
  const line =
    found.all.breaches.find(each => each.orderId === orderId && each.incidentId === incident.incidentId) ??
    makeLine(orderId, incident)
  return { ...found, line, incident }
}

async function show(
  request: PageRequest,
  visit: CaseVisit,
  typed: FormFields | null,
  problems: readonly FormProblem[],
  status: number,
): Promise<Answer> {
  const found = await find(request, visit)
  if (!found) return noOrder()
  const { file, line, incident, all } = found
  const path = `/cases/${visit.caseId}/orders/${file.orderId}`
  const { choose, words, date, line: field } = fieldWriter(typed ?? new Map(), problems)
  const seen = typed && status !== 409 ? fieldText(typed, 'seen') : line.decisions.length
  const { newest } = incident
  const law = lawOf(file.order.kind)
  const knew = sayKnew(file.order, all.zone)
  const row = (key: string, value: ReturnType<typeof html>) => ({
    key: { text: key },
    value: { html: value },
  })
  const body = html`${insetText({ text: meaningOfBreach })}${summaryList({
    rows: [
      row(
        'Incident',
        html`<a class="govuk-link" href="/cases/${visit.caseId}/incidents/${incident.incidentId}">Incident ${incident.number}</a>: <bdi>${newest.what}</bdi>`,
      ),
      row('When', html`${sayWhen(newest.when, newest.zone)}`),
      row('Order made', html`${sayMade(file.order)}`),
      ...(knew === '' ? [] : [row('They knew of it', html`${knew}`)]),
      row('Order served', html`${sayServed(file.order, all.zone)}`),
      row('When this kind binds', html`${law.bindsWords}`),
      row('What a breach is', html`${law.breach.words}`),
      row(
        'What the times say',
        line.isFound
          ? html`${sayBreachTime(line.doubts, law).map(each => html`<p class="govuk-body">${each}</p>`)}`
          : html`${sayNotFound(incident, file.order, all.zone)} You can record it all the same: say why`,
      ),
      row(
        'Terms it may be against',
        html`${line.terms.length === 0 && 'None that the program found'}${!line.isCoded && line.terms.length > 0 && html`<p class="govuk-body">The incident names no act, so it may be any of these. Code the incident to narrow it down.</p>`}<ul class="govuk-list govuk-list--bullet">${line.terms.map(term => html`<li><bdi>${term.words}</bdi></li>`)}</ul>`,
      ),
    ],
  })}${line.decisions.map(
    each =>
      html`<p class="govuk-body"><strong>${sayMoment(each.at, all.zone)}, <bdi>${each.byName}</bdi></strong><br>${
        each.isConfirmed ? 'Taken for a breach' : 'Not taken for a breach'
      }: <bdi>${each.reason}</bdi>${each.policeReference !== '' && html`<br>Police reference <bdi>${each.policeReference}</bdi>`}${
        each.toldPoliceOn !== null && html`<br>Police told on ${sayDay(each.toldPoliceOn)}`
      }</p>`,
  )}<h2 class="govuk-heading-m">What do you make of it?</h2>${startForm(
    { action: `${path}/breaches/${line.incidentId}`, csrfToken: visit.csrfToken },
    html`<input type="hidden" name="seen" value="${seen}">`,
    choose('taken', 'Does it look like a breach?', [
      { value: 'yes', text: 'Yes, take it for a breach' },
      { value: 'no', text: 'No, do not take it for a breach' },
    ]),
    words('reason', 'Why?'),
    field('policeReference', 'Police reference (optional)', { width: 'govuk-input--width-20' }),
    date('told', 'When were the police told? (optional)'),
    button({ text: 'Save', preventDoubleClick: true }),
  )}`
  return orderPage(visit, {
    title: line.isFound
      ? `Possible breach, incident ${line.number}`
      : `Incident ${line.number}, beside this order`,
    problems,
    status,
    back: { href: path, text: 'Back to the order' },
    body,
  })
}
