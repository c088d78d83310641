import { z } from 'zod'
import { type CalendarDay, sayDay } from '../../../foundation/calendar-day.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { oneOf, optionalText } from '../../../web/form-fields.ts'
import { problemsOf } from '../../../web/form-problems.ts'
import { readDate } from '../../../web/read-date.ts'
import { type FormResult, readForm } from '../../../web/read-form.ts'
import type { FormFields } from '../../../web/request.ts'
import { type EventKind, eventKinds, isMade, type Order } from '../../order.ts'
import type { OrderChange } from '../../order-change.ts'
import { lawOf } from '../../order-law.ts'

export type ReadEvent = Extract<OrderChange, { kind: 'event' }>

const schema = z.object({
  event: oneOf(eventKinds, 'Select what happened'),
  note: optionalText({ what: 'What changed', max: 2_000 }),
})

/** Reads what happened to an order and when; every problem at once. */
export function readEvent(form: FormFields, order: Order, today: CalendarDay): FormResult<ReadEvent> {
  const read = readForm(schema, form)
  const on = readDate(form, 'on', { what: 'the date it happened', required: true })
  const newEnd = readDate(form, 'newEnd', { what: 'the new end', required: false })
  if (!read.ok || !on.ok || !on.value || !newEnd.ok)
    return { ok: false, problems: problemsOf(read, on, newEnd) }
  const { event: kind, note } = read.value
  const dates = { on: on.value, newEnd: newEnd.value }
  const problems = findProblems(order, kind, dates, today)
  if (problems.length > 0) return { ok: false, problems }
  const hasNewEnd = dates.newEnd !== null && (kind === 'varied' || kind === 'renewed')
  const ends = hasNewEnd && dates.newEnd !== null ? ({ kind: 'on', on: dates.newEnd } as const) : null
  return { ok: true, value: { kind: 'event', event: { kind, on: dates.on, note }, ends } }
}

function findProblems(
  order: Order,
  kind: EventKind,
  { on, newEnd }: { readonly on: CalendarDay; readonly newEnd: CalendarDay | null },
  today: CalendarDay,
): readonly FormProblem[] {
  const problems: FormProblem[] = []
  if (!eventsOf(order).includes(kind))
    problems.push({ field: 'event', message: 'This cannot happen to this order: select what happened' })
  if (kind !== 'refused' && order.madeOn !== null && on < order.madeOn)
    problems.push({
      field: 'on-day',
      message: `The date it happened must be on or after the day it was made, ${sayDay(order.madeOn)}`,
    })
  if (on > today)
    problems.push({ field: 'on-day', message: 'The date it happened must be today or in the past' })
  if (newEnd !== null && newEnd <= on)
    problems.push({ field: 'newEnd-day', message: 'The new end must be after the date it happened' })
  if (kind === 'renewed' && newEnd === null)
    problems.push({ field: 'newEnd-day', message: 'Enter the date until which it was renewed' })
  return problems
}

/** What can happen to an order of this kind. */
// Stalking Protection Act 2019, s.5(6): only an interim order ends with the decision on the main application
export function eventsOf(order: Order): readonly EventKind[] {
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
