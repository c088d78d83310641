import { endOfDay } from '../chronology/find-moment.ts'
import type { Incident, When } from '../chronology/incident.ts'
import { dayAt } from '../foundation/calendar-day.ts'
import type { IncidentId, OrderId } from '../foundation/ids.ts'
import type { Order } from './order.ts'
import { isTermInForce, type Term } from './terms.ts'

export type FiledOrder = { readonly orderId: OrderId; readonly order: Order }

/** How sure the times are that an incident fell while the order bound the person it was served on. */
export type BreachTime = 'after-service' | 'may-be-before-service' | 'may-be-after-the-end' | 'time-not-known'

export type PossibleBreach = {
  readonly orderId: OrderId
  readonly incidentId: IncidentId
  readonly number: number
  readonly time: BreachTime
  /** The terms it may be against. */
  readonly terms: readonly Term[]
  /** False when no act of the incident was named, so that every term may be the one. */
  readonly isCoded: boolean
}

// "About four o'clock" is somebody's memory; half a day to either side is allowed for it.
const aboutLength = 12 * 3_600_000

/**
 * Finds the incidents that may be breaches: they fell, or may have fallen, after an order was served and before it
 * ended, and a term in force that day may be against an act of theirs. Where a time is not exact, an incident that may
 * have come before service is said to be just that. A possible breach is not a finding: a person decides.
 */
// Stalking Protection Act 2019, s.8: breach without reasonable excuse is an offence; that is for a court
export function findPossibleBreaches(
  orders: readonly FiledOrder[],
  incidents: readonly Incident[],
  zone: string,
): readonly PossibleBreach[] {
  return orders.flatMap(({ orderId, order }) => {
    if (order.served === null) return []
    const served = { from: Date.parse(order.served.from), until: Date.parse(order.served.until) }
    const end = findEnd(order, zone)
    return incidents.flatMap(({ incidentId, number, newest }): readonly PossibleBreach[] => {
      const span = spanOf(newest.when)
      const time = placeInTime(span, served, end)
      if (time === null) return []
      const { codes } = newest
      const terms = order.terms.filter(
        term =>
          (span === null ||
            isTermInForce(term, dayAt(new Date(span.until), zone)) ||
            isTermInForce(term, dayAt(new Date(span.from), zone))) &&
          (codes.length === 0 || term.codes.length === 0 || term.codes.some(code => codes.includes(code))),
      )
      if (terms.length === 0) return []
      return [{ orderId, incidentId, number, time, terms, isCoded: codes.length > 0 }]
    })
  })
}

type Span = { readonly from: number; readonly until: number }

/** Null when it certainly fell before service or after the end. */
function placeInTime(span: Span | null, served: Span, end: number): BreachTime | null {
  if (span === null) return 'time-not-known'
  if (span.until < served.from || span.from > end) return null
  if (span.from < served.until) return 'may-be-before-service'
  return span.until > end ? 'may-be-after-the-end' : 'after-service'
}

function spanOf(when: When): Span | null {
  switch (when.precision) {
    case 'exact':
      return { from: when.startsAt.getTime(), until: when.startsAt.getTime() }
    case 'about':
      return { from: when.startsAt.getTime() - aboutLength, until: when.startsAt.getTime() + aboutLength }
    case 'between':
      return { from: when.startsAt.getTime(), until: when.endsAt.getTime() }
    case 'unknown':
      return null
  }
}

/** The last instant at which the order binds: its last day, or the day of its discharge, whichever comes first. */
function findEnd(order: Order, zone: string): number {
  const days = [
    ...(order.ends.kind === 'on' ? [order.ends.on] : []),
    ...order.events.filter(each => each.kind === 'discharged').map(each => each.on),
  ].sort()
  const [first] = days
  return first === undefined ? Number.POSITIVE_INFINITY : endOfDay(first, zone).getTime()
}

/** How sure the times are, as it stands on screen. */
export function sayBreachTime(time: BreachTime): string {
  switch (time) {
    case 'after-service':
      return 'After the order was served'
    case 'may-be-before-service':
      return 'May be before the order was served: the time is not exact'
    case 'may-be-after-the-end':
      return 'May be after the order ended: the time is not exact'
    case 'time-not-known':
      return 'The time of the incident is not known'
  }
}

/** What a possible breach means, in the words that are always used for it. */
// Fixed wording (rule S14)
export const meaningOfBreach =
  'A possible breach is not a finding. It says that an incident may fall under a term of an order that was in force. Whether there was a reasonable excuse, and whether it is an offence, is for the police and the court.'
