import { dayAt, sayDay } from '../foundation/calendar-day.ts'
import { sayMoment } from '../foundation/say-date.ts'
import type { Order } from './order.ts'

/** When an order was served: to the minute, or on a day when no more is known. */
export function sayServed(served: Order['served'], zone: string): string {
  if (served === null) return 'Not served'
  const from = new Date(served.from)
  return served.from === served.until
    ? sayMoment(from, zone)
    : `${sayDay(dayAt(from, zone))}, at a time not recorded`
}
