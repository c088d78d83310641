import { startOfDay } from '../chronology/find-moment.ts'
import type { IncidentInShort } from '../chronology/incident.ts'
import { spanOfWhen, type WhenSpan } from '../chronology/when-span.ts'
import { addDays, type CalendarDay, dayAt } from '../foundation/calendar-day.ts'
import type { IncidentId, OrderId } from '../foundation/ids.ts'
import { findLastDay } from './expiry.ts'
import { isMade, type Order } from './order.ts'
import type { OrderLaw } from './order-law.ts'
import type { Term } from './terms.ts'

export type FiledOrder = { readonly orderId: OrderId; readonly order: Order }

/** What leaves it open whether an incident fell while the order bound and the person knew of it. */
export const breachDoubts = [
  'time-not-known',
  'made-day-not-known',
  'may-be-before-made',
  'before-known',
  'may-be-before-known',
  'knowledge-not-recorded',
  'may-be-after-the-end',
  'end-not-recorded',
] as const
export type BreachDoubt = (typeof breachDoubts)[number]

export type PossibleBreach = {
  readonly orderId: OrderId
  readonly incidentId: IncidentId
  readonly number: number
  /** Empty when it certainly fell while the order bound and they knew of it. */
  readonly doubts: readonly BreachDoubt[]
  /** The terms it may be against. */
  readonly terms: readonly Term[]
  /** False when no act of the incident was named, so that every term may be the one. */
  readonly isCoded: boolean
}

/**
 * Finds the incidents that may be breaches: they fell, or may have fallen, after an order was made and before it
 * ended, and a term in force then may be against an act of theirs. What happened before the person is known to have
 * known of the order is shown with the question, and never left out. What is not known counts as the worse case. A
 * possible breach is not a finding: a person decides.
 */
// Each kind by its own row of order-law.ts; none there makes service a condition of being shown
export function findPossibleBreaches(
  orders: readonly FiledOrder[],
  incidents: readonly IncidentInShort[],
  zone: string,
): readonly PossibleBreach[] {
  return orders.flatMap(({ orderId, order }) => {
    if (!isMade(order)) return []
    const bounds = findBounds(order, zone)
    return incidents.flatMap(({ incidentId, number, newest }): readonly PossibleBreach[] => {
      const span = spanOfWhen(newest.when)
      const doubts = placeInTime(span, bounds)
      if (doubts === null) return []
      const { codes } = newest
      const terms = order.terms.filter(
        term =>
          (span === null || mayBeInForce(term, span, zone)) &&
          (codes.length === 0 || term.codes.length === 0 || term.codes.some(code => codes.includes(code))),
      )
      if (terms.length === 0) return []
      return [{ orderId, incidentId, number, doubts, terms, isCoded: codes.length > 0 }]
    })
  })
}

/** The instants between which it was made and they learnt of it, and when it ends. */
type Bounds = {
  readonly made: WhenSpan
  readonly isMadeDayKnown: boolean
  /** Null when they were there when it was made, so that they knew as soon as it bound. */
  readonly known: WhenSpan | 'not-recorded' | null
  /** The first instant at which it no longer binds. */
  readonly end: number
  readonly isEndRecorded: boolean
}

function findBounds(order: Order, zone: string): Bounds {
  const occasions = [
    ...(order.knew?.how === 'told' ? [order.knew] : []),
    ...(order.served ? [order.served] : []),
  ].map(({ from, until }) => ({ from: Date.parse(from), until: Date.parse(until) }))
  // The earlier counts: a person who was told on Monday knew before the papers came on Friday.
  const known = occasions.length === 0 ? 'not-recorded' : earliest(occasions)
  const day = order.madeOn
  const latest = Math.min(
    ...occasions.map(each => each.until),
    ...(day === null ? [] : [startOfDay(addDays(day, 1), zone).getTime()]),
  )
  const last = findLastDay(order)
  return {
    made: { from: day === null ? Number.NEGATIVE_INFINITY : startOfDay(day, zone).getTime(), until: latest },
    isMadeDayKnown: day !== null,
    known: order.knew?.how === 'present' ? null : known,
    end: last === null ? Number.POSITIVE_INFINITY : startOfDay(addDays(last, 1), zone).getTime(),
    isEndRecorded: last !== null || order.ends.kind === 'until-further-order',
  }
}

function earliest(spans: readonly WhenSpan[]): WhenSpan {
  return {
    from: Math.min(...spans.map(each => each.from)),
    until: Math.min(...spans.map(each => each.until)),
  }
}

/** Null when it certainly fell before the making or after the end. */
function placeInTime(span: WhenSpan | null, bounds: Bounds): readonly BreachDoubt[] | null {
  if (span === null) return ['time-not-known']
  const { made, known, end } = bounds
  if (span.until < made.from || span.from >= end) return null
  const doubts: BreachDoubt[] = []
  if (span.from < made.until) doubts.push(bounds.isMadeDayKnown ? 'may-be-before-made' : 'made-day-not-known')
  if (known === 'not-recorded') doubts.push('knowledge-not-recorded')
  else if (known !== null && span.until < known.from) doubts.push('before-known')
  // Both are known to the minute at best. Within one minute nobody can say which came first.
  else if (known !== null && span.from <= known.until) doubts.push('may-be-before-known')
  if (span.until >= end) doubts.push('may-be-after-the-end')
  if (!bounds.isEndRecorded) doubts.push('end-not-recorded')
  return doubts
}

/** Whether a term was in the order on any day of the span, even if it came and went within it. */
function mayBeInForce({ from, until }: Pick<Term, 'from' | 'until'>, span: WhenSpan, zone: string): boolean {
  const first: CalendarDay = dayAt(new Date(span.from), zone)
  const last: CalendarDay = dayAt(new Date(span.until), zone)
  return (from === null || last >= from) && (until === null || first < until)
}

/** What the times leave open, as it is on screen: one sentence each, or that nothing is open. */
export function sayBreachTime(doubts: readonly BreachDoubt[], law: OrderLaw): readonly string[] {
  return doubts.length === 0 ? ['After they knew of the order'] : doubts.map(doubt => sayDoubt(doubt, law))
}

function sayDoubt(doubt: BreachDoubt, law: OrderLaw): string {
  const ask =
    law.binds === 'known'
      ? 'Ask whether they knew of it: without that there is no offence'
      : law.binds === 'made'
        ? 'It binds from the day it was made. Ask whether they knew of it'
        : 'Nobody here has read whether it binds before that. Ask whether they knew of it'
  switch (doubt) {
    case 'time-not-known':
      return 'The time of the incident is not known'
    case 'made-day-not-known':
      return 'The day on which the order was made is not known: the incident may be before it'
    case 'may-be-before-made':
      return 'May be before the order was made: the times are not exact'
    case 'before-known':
      return `After it was made, and before service or anything else that told them. ${ask}`
    case 'may-be-before-known':
      return `May be before service or anything else that told them: the times are not exact. ${ask}`
    case 'knowledge-not-recorded':
      return `Nothing here says that they were served or told. ${ask}`
    case 'may-be-after-the-end':
      return 'May be after the order ended: the time is not exact'
    case 'end-not-recorded':
      return 'Nobody recorded how long the order lasts'
  }
}

/** What a possible breach means, in the words that are always used for it. */
// Fixed wording (rule S14)
export const meaningOfBreach =
  'A possible breach is not a finding. It says that an incident may fall under a term of an order. Whether they knew of it, whether there was a reasonable excuse, and what follows, is for the police and the court.'
