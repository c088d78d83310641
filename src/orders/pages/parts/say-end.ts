import { sayDay } from '../../../foundation/calendar-day.ts'
import { findExpiry } from '../../expiry.ts'
import { isMade, type Order } from '../../order.ts'

/** When an order ends, with a warning when that is soon. */
export function sayEnd(order: Order, today: string): string {
  const expiry = findExpiry(order, today)
  switch (expiry.kind) {
    case 'ended':
      return `Ended on ${sayDay(expiry.on)}`
    case 'ends':
      return `${sayDay(expiry.on)}${
        expiry.isSoon
          ? `, in ${expiry.daysLeft === 1 ? '1 day' : `${expiry.daysLeft} days`}: think of renewal now`
          : ''
      }`
    case 'none':
      return !isMade(order)
        ? ''
        : order.ends.kind === 'until-further-order'
          ? 'Until further order'
          : order.ends.kind === 'not-known'
            ? 'Not recorded: it counts as going on'
            : ''
  }
}
