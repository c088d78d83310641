import { z } from 'zod'
import { sayDay } from '../../../foundation/calendar-day.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { type ActCheck, carryFields, findActCheck } from '../../../identity/check-act.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, goTo } from '../../../web/answer.ts'
import { button } from '../../../web/components/button.ts'
import { fieldWriter } from '../../../web/field-writer.ts'
import { startForm } from '../../../web/form.ts'
import { oneOf, optionalText } from '../../../web/form-fields.ts'
import { problemsOf } from '../../../web/form-problems.ts'
import { html } from '../../../web/html.ts'
import { datePartNames, readDate } from '../../../web/read-date.ts'
import { readForm } from '../../../web/read-form.ts'
import { type FormFields, fieldText, type PageRequest } from '../../../web/request.ts'
import { changeOrder } from '../../operations/change-order.ts'
import { type EventKind, eventKinds, isMade, type Order, sayEventKind } from '../../order.ts'
import { lawOf, sayOrderKind } from '../../order-law.ts'
import {
  findOrder,
  noOrder,
  type OrderOfCase,
  orderPage,
  sayOrderRefusal,
  seenIn,
} from '../parts/order-frame.ts'

const schema = z.object({
  event: oneOf(eventKinds, 'Select what happened'),
  note: optionalText({ what: 'What changed', max: 2_000 }),
})

/** The form for what happened to an order: varied, renewed, discharged. */
export function askForEvent(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return show(request, visit, null, [], 200)
}

/** Keeps it, with the new end where it has one. */
export async function takeEvent(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  const { form } = request
  const found = await findOrder(request, visit)
  if (!found) return noOrder()
  const read = readForm(schema, form)
  const on = readDate(form, 'on', { what: 'the date it happened', required: true })
  const newEnd = readDate(form, 'newEnd', { what: 'the new end', required: false })
  if (!read.ok || !on.ok || !on.value || !newEnd.ok)
    return show(request, visit, form, problemsOf(read, on, newEnd), 422)
  const { event: kind, note } = read.value
  const problems: FormProblem[] = []
  const { order } = found.file
  if (!eventsOf(order).includes(kind))
    problems.push({ field: 'event', message: 'This cannot happen to this order: select what happened' })
  if (kind !== 'refused' && order.madeOn !== null && on.value < order.madeOn)
    problems.push({
      field: 'on-day',
      message: `The date it happened must be on or after the day it was made, ${sayDay(order.madeOn)}`,
    })
  if (on.value > found.all.today)
    problems.push({ field: 'on-day', message: 'The date it happened must be today or in the past' })
  if (newEnd.value !== null && newEnd.value <= on.value)
    problems.push({ field: 'newEnd-day', message: 'The new end must be after the date it happened' })
  if (kind === 'renewed' && newEnd.value === null)
    problems.push({ field: 'newEnd-day', message: 'Enter the date until which it was renewed' })
  if (problems.length > 0) return show(request, visit, form, problems, 422)
  const { orderId } = found.file
  const path = `/cases/${visit.caseId}/orders/${orderId}`
  const isOver = order.events.some(each => endings.includes(each.kind))
  const page =
    endings.includes(kind) && !isOver && findActCheck(visit, form, endingOf(path, found, form, kind))
  if (page) return page
  const hasNewEnd = newEnd.value !== null && (kind === 'varied' || kind === 'renewed')
  const result = await visit.onCase(transaction =>
    changeOrder(
      visit.clinic,
      transaction,
      visit.staff.personId,
      visit.caseId,
      { orderId, seen: seenIn(form) },
      {
        kind: 'event',
        event: { kind, on: on.value ?? found.all.today, note },
        ends: hasNewEnd ? { kind: 'on', on: newEnd.value ?? '' } : null,
      },
      null,
    ),
  )
  if (result.allowed) return goTo(`/cases/${visit.caseId}/orders/${orderId}`)
  return show(request, visit, form, [{ field: 'event', message: sayOrderRefusal(result.because) }], 409)
}

/** What can happen to an order after which it protects the client no more. */
const endings: readonly EventKind[] = ['discharged', 'determined', 'refused']

/** What follows when an order is marked as ended by the court. */
function endingOf(path: string, { file }: OrderOfCase, form: FormFields, kind: EventKind): ActCheck {
  return {
    title: `Record that it was ${kind === 'determined' ? 'ended by the decision on the main application' : kind}?`,
    chosen: [{ key: 'Order', value: sayOrderKind(file.order.kind) }],
    follows: [
      'Do it only when a court decided so, and you have seen that. Everybody who works on the case reads from then on that it protects the client no more.',
      'An incident after that day is not held against it. What happened before is.',
      'It leaves the orders that are watched for their end, and nobody is reminded of its renewal.',
    ],
    undo: 'What happened to an order is not taken back: it stays in its history. If it was a mistake, record the order anew, with its own dates.',
    action: `${path}/event`,
    fields: {
      ...carryFields(form, [
        'event',
        ...Object.values(datePartNames('on')),
        ...Object.values(datePartNames('newEnd')),
        'note',
      ]),
      seen: String(file.revision),
    },
    button: 'Record it',
    back: { href: `${path}/event`, text: 'Back to what happened' },
  }
}

/** What can happen to an order of this kind. */
// Stalking Protection Act 2019, s.5(6): only an interim order ends with the decision on the main application
function eventsOf(order: Order): readonly EventKind[] {
  const law = lawOf(order.kind)
  return eventKinds.filter(kind => {
    switch (kind) {
      case 'determined':
        return law.endsWithMainApplication && isMade(order)
      case 'notified':
      case 'new-name':
      case 'new-address':
        return law.notification !== null && isMade(order)
      case 'refused':
        return !isMade(order)
      default:
        return isMade(order)
    }
  })
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
  const { choose, words, date } = fieldWriter(typed ?? new Map(), problems)
  const seen = typed && status !== 409 ? fieldText(typed, 'seen') : found.file.revision
  return orderPage(visit, {
    title: 'What happened to the order',
    problems,
    status,
    back: { href: path, text: 'Back to the order' },
    body: startForm(
      { action: `${path}/event`, csrfToken: visit.csrfToken },
      html`<input type="hidden" name="seen" value="${seen}">`,
      choose(
        'event',
        'What happened?',
        eventsOf(found.file.order).map(value => ({ value, text: sayEventKind(value) })),
      ),
      date('on', 'When did it happen?'),
      date('newEnd', 'When does the order end now?', {
        hint: 'Only where it was renewed, or varied in how long it lasts',
      }),
      words('note', 'What changed (optional)', {
        hint: 'Never an address, and not the client’s: that there is a new one is enough',
      }),
      button({ text: 'Save', preventDoubleClick: true }),
    ),
  })
}
