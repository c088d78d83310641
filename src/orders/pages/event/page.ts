import { type ActCheck, carryFields } from '../../../identity/check-act.ts'
import type { CaseVisit } from '../../../identity/route.ts'
import type { Answer } from '../../../web/answer.ts'
import { datePartNames } from '../../../web/read-date.ts'
import type { PageRequest } from '../../../web/request.ts'
import type { EventKind } from '../../order.ts'
import { sayOrderKind } from '../../order-law.ts'
import {
  keepChange,
  type OrderForm,
  type SentForm,
  showOrderForm,
  takeOrderForm,
} from '../parts/order-form.ts'
import { findOrder, type OrderOfCase } from '../parts/order-frame.ts'
import { type ReadEvent, readEvent } from './form.ts'
import { eventView } from './view.ts'

const eventForm: OrderForm<OrderOfCase, ReadEvent> = {
  find: findOrder,
  title: () => 'What happened to the order',
  at: () => 'event',
  seen: ({ file }) => file.revision,
  view: eventView,
  read: (form, { file, all }) => readEvent(form, file.order, all.today),
  check: (found, { event }, sent) => findEnding(found, event.kind, sent),
  keep: keepChange('event', read => read),
}

/** The form for what happened to an order: varied, renewed, discharged. */
export function askForEvent(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return showOrderForm(eventForm, request, visit)
}

/** Keeps it, with the new end where it has one. */
export function takeEvent(request: PageRequest, visit: CaseVisit): Promise<Answer> {
  return takeOrderForm(eventForm, request, visit)
}

/** What can happen to an order after which it no longer protects the client. */
const endings: readonly EventKind[] = ['discharged', 'determined', 'refused']

/** What follows when an order is marked as ended by the court; nothing when it goes on, or was over before. */
function findEnding({ file }: OrderOfCase, kind: EventKind, { form, orderPath }: SentForm): ActCheck | null {
  const isOver = file.order.events.some(each => endings.includes(each.kind))
  if (isOver || !endings.includes(kind)) return null
  return {
    title: `Record that it was ${kind === 'determined' ? 'ended by the decision on the main application' : kind}?`,
    chosen: [{ key: 'Order', value: sayOrderKind(file.order.kind) }],
    follows: [
      'Do it only when a court decided so, and you have seen that. Everybody who works on the case reads from then on that it protects the client no more.',
      'An incident after that day is not held against it. What happened before is.',
      'It leaves the orders that are watched for their end, and nobody is reminded of its renewal.',
    ],
    undo: 'What happened to an order is not taken back: it stays in its history. If it was a mistake, record the order again, with its own dates.',
    action: `${orderPath}/event`,
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
    back: { href: `${orderPath}/event`, text: 'Back to what happened' },
  }
}
