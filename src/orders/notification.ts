import { addDays, type CalendarDay, dayAt, sayDay } from '../foundation/calendar-day.ts'
import { findOrderState } from './expiry.ts'
import { isMade, type Order } from './order.ts'
import { lawOf, type OrderLaw } from './order-law.ts'

type Exemption = NonNullable<OrderLaw['notification']>['unless'][number]

/** Whether the person owes the police their names and address now, as far as the record can tell. */
export type Notification =
  /** The kind asks for none, or the order is not made, or is over. */
  | { readonly kind: 'none-asked' }
  | { readonly kind: 'not-owed'; readonly because: Exemption }
  /** The day from which the three days run is not recorded. */
  | { readonly kind: 'cannot-be-known'; readonly lacks: 'service' | 'made-day' }
  | { readonly kind: 'given'; readonly on: CalendarDay }
  | {
      readonly kind: 'asked'
      readonly began: 'order' | 'new-name' | 'new-address'
      /** The last day of the three. */
      readonly by: CalendarDay
      readonly hasPassed: boolean
      /** What would take the duty away and nobody has answered. */
      readonly unanswered: readonly Exemption[]
    }

/**
 * The state of the notification on a day. A day that has passed is never called an offence: first it is asked what
 * would take the duty away and was not answered.
 */
// Stalking Protection Act 2019, s.9(1)(a): not for an SPO that replaces an interim one; s.9(3) and (4): a new name or
// address begins 3 days of its own; s.9(5): not for who notifies under the Sexual Offences Act 2003, Part 2.
// Domestic Abuse Act 2021, s.41(2): from the day the order is made; s.41(8): not for who notifies under either Act
export function findNotification(order: Order, zone: string, today: CalendarDay): Notification {
  const { notification } = lawOf(order.kind)
  const state = findOrderState(order, today)
  if (!notification || !isMade(order) || state === 'ended' || state === 'discharged')
    return { kind: 'none-asked' }
  if (order.alreadyNotifies === 'yes') return { kind: 'not-owed', because: 'already-notifies' }
  const given = order.events.filter(each => each.kind === 'notified').map(each => each.on)
  const isReplacing = notification.unless.includes('replaces-interim') && order.replacesInterim === 'yes'
  const start =
    notification.from === 'made' ? order.madeOn : order.served && dayAt(new Date(order.served.from), zone)
  const ask = (
    began: 'order' | 'new-name' | 'new-address',
    from: CalendarDay,
    unless: readonly Exemption[],
  ): Notification => {
    const by = addDays(from, 2)
    const unanswered = unless.filter(
      each => (each === 'replaces-interim' ? order.replacesInterim : order.alreadyNotifies) === 'not-known',
    )
    return { kind: 'asked', began, by, hasPassed: by < today, unanswered }
  }
  if (!isReplacing && start !== null && given.length === 0) return ask('order', start, notification.unless)
  const pending = order.events
    .flatMap(({ kind, on }) =>
      (kind === 'new-name' || kind === 'new-address') && !given.some(day => day >= on) ? [{ kind, on }] : [],
    )
    .sort((one, other) => (one.on < other.on ? -1 : 1))[0]
  if (pending) return ask(pending.kind, pending.on, ['already-notifies'])
  const last = [...given].sort().at(-1)
  if (last !== undefined) return { kind: 'given', on: last }
  if (isReplacing) return { kind: 'not-owed', because: 'replaces-interim' }
  return { kind: 'cannot-be-known', lacks: notification.from === 'made' ? 'made-day' : 'service' }
}

/** The state of it in words; empty when the kind asks for nothing. */
export function sayNotification(found: Notification, law: OrderLaw): string {
  const { notification } = law
  if (!notification) return ''
  switch (found.kind) {
    case 'none-asked':
      return ''
    case 'not-owed':
      return found.because === 'replaces-interim'
        ? 'None asked: this order takes the place of an interim one. A new name or address would be asked for: record it'
        : `None asked: they notify already, under ${notification.alreadyUnder}`
    case 'cannot-be-known':
      return `${notification.words}. Nobody recorded that day, so it cannot be known until when`
    case 'given':
      return `Given on ${sayDay(found.on)}. A new name or address begins 3 days of its own: record it`
    case 'asked': {
      const what =
        found.began === 'order'
          ? notification.words
          : `${found.began === 'new-name' ? 'The new name' : 'The new address'}, within 3 days that begin with the day of the change`
      const unless = found.unanswered.map(each =>
        each === 'replaces-interim'
          ? 'whether this order takes the place of an interim one'
          : `whether they notify already under ${notification.alreadyUnder}`,
      )
      const exempt = unless.length === 0 ? '' : ' It may not have been asked of them.'
      return found.hasPassed
        ? `${what}. The last of them was ${sayDay(found.by)}. Nothing here says that it was done.${exempt} Ask the police ${[...unless, 'whether it was done'].join(', and ')}`
        : `${what}: by the end of ${sayDay(found.by)}${unless.length === 0 ? '' : `. It may not be asked of them: ask the police ${unless.join(', and ')}`}`
    }
  }
}
