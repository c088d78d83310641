import { addDays, type CalendarDay, dayAt, daysBetween } from '../foundation/calendar-day.ts'
import type { Order } from './order.ts'

export type OrderState =
  | 'asked-for'
  | 'applied-for'
  | 'made'
  | 'in-force'
  | 'ended'
  | 'discharged'
  | 'refused'

const soonDays = 90

/** Where an order stands on a day, from its dates alone. */
export function findOrderState(order: Order, today: CalendarDay): OrderState {
  if (order.events.some(each => each.kind === 'discharged' && each.on <= today)) return 'discharged'
  if (order.madeOn === null) {
    if (order.events.some(each => each.kind === 'refused')) return 'refused'
    return order.appliedOn === null ? 'asked-for' : 'applied-for'
  }
  if (order.ends.kind === 'on' && order.ends.on < today) return 'ended'
  return order.served === null ? 'made' : 'in-force'
}

export type Expiry =
  | { readonly kind: 'none' }
  | { readonly kind: 'ends'; readonly on: CalendarDay; readonly daysLeft: number; readonly isSoon: boolean }
  | { readonly kind: 'ended'; readonly on: CalendarDay }

/** When an order ends, and whether that is soon enough to think of its renewal. "Until further order" never ends so. */
// Stalking Protection Act 2019, s.4: the police may apply to renew; a hearing takes weeks to get
export function findExpiry(order: Order, today: CalendarDay): Expiry {
  const state = findOrderState(order, today)
  if (order.ends.kind !== 'on' || state === 'discharged' || state === 'refused') return { kind: 'none' }
  const { on } = order.ends
  if (on < today) return { kind: 'ended', on }
  const daysLeft = daysBetween(today, on)
  return { kind: 'ends', on, daysLeft, isSoon: daysLeft <= soonDays }
}

/**
 * The last day on which the served person must have given the police every name they use and their address; null when
 * the order asks for no notification or was not served. Where only the day of service is known, it counts from that.
 */
// Stalking Protection Act 2019, s.9(1): within the period of 3 days beginning with the date of service
export function findNotificationDeadline(order: Order, zone: string): CalendarDay | null {
  if (order.served === null || (order.kind !== 'spo' && order.kind !== 'interim-spo')) return null
  return addDays(dayAt(new Date(order.served.from), zone), 2)
}

/** The state as it stands on screen. */
export function sayOrderState(state: OrderState): string {
  switch (state) {
    case 'asked-for':
      return 'Asked for'
    case 'applied-for':
      return 'Applied for'
    case 'made':
      return 'Made, not served yet'
    case 'in-force':
      return 'In force'
    case 'ended':
      return 'Ended'
    case 'discharged':
      return 'Discharged'
    case 'refused':
      return 'Refused, or not applied for'
  }
}
