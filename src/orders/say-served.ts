import { dayAt, sayDay } from '../foundation/calendar-day.ts'
import { sayMoment } from '../foundation/say-date.ts'
import { isMade, type Order } from './order.ts'

/** When an order was served: to the minute, or on a day when no more is known. */
export function sayServed(order: Order, zone: string): string {
  if (order.served) return saySpan(order.served, zone)
  if (!isMade(order)) return 'Not made yet'
  return order.isUnserved ? 'Not served yet' : 'Not known whether it was served'
}

/** How they learnt of it apart from the papers; empty when nothing is recorded. */
export function sayKnew({ knew }: Order, zone: string): string {
  if (knew === null) return ''
  return knew.how === 'present'
    ? 'They were there when it was made'
    : `They were told: ${saySpan(knew, zone)}`
}

/** When it was made. */
export function sayMade(order: Order): string {
  if (order.madeOn !== null) return sayDay(order.madeOn)
  return order.isMadeDayUnknown ? 'Made, on a day that is not known' : 'Not made yet'
}

function saySpan({ from, until }: { readonly from: string; readonly until: string }, zone: string): string {
  const start = new Date(from)
  return from === until ? sayMoment(start, zone) : `${sayDay(dayAt(start, zone))}, at a time not recorded`
}
