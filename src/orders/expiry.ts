import { type CalendarDay, daysBetween } from '../foundation/calendar-day.ts'
import { isMade, type Order, type OrderKind } from './order.ts'
import { lawOf } from './order-law.ts'

export type OrderState =
  | 'asked-for'
  | 'applied-for'
  | 'made'
  | 'in-force'
  | 'ended'
  | 'discharged'
  | 'refused'

const soonDays = 90

/** The state of an order on a day, from its dates alone. */
export function findOrderState(order: Order, today: CalendarDay): OrderState {
  if (order.events.some(each => each.kind === 'discharged' && each.on <= today)) return 'discharged'
  if (!isMade(order)) {
    if (order.events.some(each => each.kind === 'refused')) return 'refused'
    return order.appliedOn === null ? 'asked-for' : 'applied-for'
  }
  const last = findLastDay(order)
  if (last !== null && (last < today || (last === today && wasDetermined(order, last)))) return 'ended'
  return order.served === null && order.knew === null ? 'made' : 'in-force'
}

/** The last day on which it may bind: its end, its discharge, or the decision that ends it, whichever comes first. */
// Stalking Protection Act 2019, s.5(6): an interim order ends when the main application is decided
export function findLastDay(order: Order): CalendarDay | null {
  const days = [
    ...(order.ends.kind === 'on' ? [order.ends.on] : []),
    ...order.events.filter(each => each.kind === 'discharged').map(each => each.on),
    ...findDeterminations(order),
  ].sort()
  return days[0] ?? null
}

function findDeterminations(order: Order): readonly CalendarDay[] {
  if (!lawOf(order.kind).endsWithMainApplication) return []
  return order.events.filter(each => each.kind === 'determined').map(each => each.on)
}

function wasDetermined(order: Order, on: CalendarDay): boolean {
  return findDeterminations(order).includes(on)
}

export type Expiry =
  | { readonly kind: 'none' }
  | { readonly kind: 'ends'; readonly on: CalendarDay; readonly daysLeft: number; readonly isSoon: boolean }
  | { readonly kind: 'ended'; readonly on: CalendarDay }

/** When an order ends, and whether that is soon enough to think of its renewal. "Until further order" never ends so. */
// Stalking Protection Act 2019, s.4: the police may apply to renew; a hearing takes weeks to get
export function findExpiry(order: Order, today: CalendarDay): Expiry {
  const state = findOrderState(order, today)
  const on = findLastDay(order)
  if (on === null || state === 'discharged' || state === 'refused') return { kind: 'none' }
  if (state === 'ended') return { kind: 'ended', on }
  const daysLeft = daysBetween(today, on)
  return { kind: 'ends', on, daysLeft, isSoon: daysLeft <= soonDays }
}

/** The state as it is on screen, in the words of the law of its kind. */
export function sayOrderState(state: OrderState, kind: OrderKind): string {
  switch (state) {
    case 'asked-for':
      return 'Asked for'
    case 'applied-for':
      return 'Applied for'
    case 'made':
      return lawOf(kind).binds === 'known'
        ? 'Made: nothing here says that they are aware of it'
        : 'Made, and it may bind already: nothing here says that they know of it'
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
