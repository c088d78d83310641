import { addDays, addMonths, type CalendarDay, dayAt, sayDay } from '../foundation/calendar-day.ts'
import type { FormProblem } from '../foundation/decision.ts'
import type { OrderKind } from './order.ts'
import { lawOf } from './order-law.ts'

type Instants = { readonly from: Date; readonly until: Date }

export const madeAnswers = ['on', 'day-not-known', 'not-yet'] as const
export const serviceAnswers = ['served', 'not-yet', 'not-known'] as const
export const knewAnswers = ['present', 'told', 'no', 'not-known'] as const

/** What a form says of an order, each date read or null when left empty. */
export type TypedOrder = {
  readonly kind: OrderKind
  readonly appliedOn: CalendarDay | null
  readonly made: (typeof madeAnswers)[number] | null
  readonly madeOn: CalendarDay | null
  readonly endsHow: 'on' | 'until-further-order' | 'not-known' | null
  readonly endsOn: CalendarDay | null
  readonly service: (typeof serviceAnswers)[number] | null
  readonly servedOn: CalendarDay | null
  /** The instants between which it was served. */
  readonly served: Instants | null
  readonly knew: (typeof knewAnswers)[number] | null
  readonly knewOn: CalendarDay | null
}

/**
 * Checks that what a form says of an order is possible: dates in the past and in their order, an end that its kind
 * may have, and never two answers at once. Answers every problem at once.
 */
export function verifyOrder(typed: TypedOrder, zone: string, now: Date): readonly FormProblem[] {
  const today = dayAt(now, zone)
  return [
    ...checkMaking(typed, today),
    ...(typed.made === 'not-yet' ? checkNotMade(typed) : [...checkEnd(typed), ...checkKnew(typed, today)]),
    ...(typed.made === 'not-yet' ? [] : checkService(typed, today, now)),
  ]
}

type Problems = readonly FormProblem[]
const at = (field: string, message: string): Problems => [{ field, message }]
const twice = (field: string, other: string): Problems =>
  at(field, `There is a date here, and “${other}” is selected: keep one of the two`)

function checkMaking({ kind, appliedOn, made, madeOn }: TypedOrder, today: CalendarDay): Problems {
  const early: Problems =
    appliedOn !== null && appliedOn > today
      ? at('appliedOn-day', 'The date it was applied for must be today or in the past')
      : []
  const check = (): Problems => {
    if (made === null)
      return at(
        'made',
        kind === 'bail'
          ? 'Select whether they have been set: conditions may bind from then on'
          : 'Select whether it has been made: an order may bind from the day it is made',
      )
    if (made === 'on' && madeOn === null)
      return at('madeOn-day', 'Enter the date it was made, or select that the day is not known')
    if (madeOn === null) return []
    if (made === 'day-not-known') return twice('madeOn-day', 'Yes, and the day is not known')
    if (made === 'not-yet') return twice('madeOn-day', 'Not yet')
    if (madeOn > today) return at('madeOn-day', 'The date it was made must be today or in the past')
    if (appliedOn !== null && madeOn < appliedOn)
      return at(
        'madeOn-day',
        `The date it was made must be on or after the day it was applied for, ${sayDay(appliedOn)}`,
      )
    return []
  }
  return [...early, ...check()]
}

function checkNotMade({ service, servedOn, knew, knewOn }: TypedOrder): Problems {
  const isServed = service === 'served' || servedOn !== null
  const isKnown = knew === 'present' || knew === 'told' || knewOn !== null
  return isServed || isKnown
    ? at('made', 'It cannot be served, or known of, before it was made: change one of the answers')
    : []
}

function checkEnd({ kind, madeOn, endsHow, endsOn }: TypedOrder): Problems {
  const { length } = lawOf(kind)
  if (endsHow === null) return at('endsHow', 'Select how long it lasts: the order says so')
  // Stalking Protection Act 2019, s.5(6): an interim order has effect only for a fixed period
  if (endsHow === 'until-further-order' && !length.mayBeUntilFurtherOrder)
    return at(
      'endsHow',
      'An interim order lasts only for a fixed period: select “Until a date”, or that it is not known',
    )
  if (endsHow !== 'on') return endsOn === null ? [] : twice('endsOn-day', sayEndsHow(endsHow))
  if (endsOn === null) return at('endsOn-day', 'Enter the date it ends, or select that it is not known')
  if (madeOn === null) return []
  if (endsOn < madeOn) return at('endsOn-day', 'The date it ends must be on or after the date it was made')
  // Stalking Protection Act 2019, s.3(2): a fixed period is at least 2 years, beginning with the day it is made
  const earliest = length.leastMonths === null ? null : addDays(addMonths(madeOn, length.leastMonths), -1)
  return earliest !== null && endsOn < earliest
    ? at(
        'endsOn-day',
        `A full SPO for a fixed period lasts at least 2 years: it must end on or after ${sayDay(earliest)}. If it is an interim order, select that`,
      )
    : []
}

/** How long it lasts, as the form offers it. */
export function sayEndsHow(endsHow: NonNullable<TypedOrder['endsHow']>): string {
  switch (endsHow) {
    case 'on':
      return 'Until a date'
    case 'until-further-order':
      return 'Until further order'
    case 'not-known':
      return 'Not known yet'
  }
}

function checkKnew({ knew, knewOn, madeOn }: TypedOrder, today: CalendarDay): Problems {
  if (knew === null) return at('knew', 'Select whether they knew of it apart from the papers')
  if (knew === 'told' && knewOn === null)
    return at('knewOn-day', 'Enter the date they were told, or select that it is not known')
  if (knewOn === null) return []
  if (knew === 'no') return twice('knewOn-day', 'No, as far as anybody knows')
  if (knew === 'not-known') return twice('knewOn-day', 'Not known, or the day is not known')
  if (knew === 'present' && knewOn !== madeOn)
    return at(
      'knewOn-day',
      'Anyone who was there when it was made knew on that day: leave this date empty, or select that they were told',
    )
  if (madeOn !== null && knewOn < madeOn)
    return at(
      'knewOn-day',
      `The date they were told must be on or after the day it was made, ${sayDay(madeOn)}`,
    )
  return knewOn > today ? at('knewOn-day', 'The date they were told must be today or in the past') : []
}

function checkService(typed: TypedOrder, today: CalendarDay, now: Date): Problems {
  const { kind, service, servedOn, served, madeOn } = typed
  if (service === null)
    return at(
      'service',
      kind === 'bail'
        ? 'Select whether the conditions were given to them in writing'
        : 'Select whether the papers were served',
    )
  if (service === 'served' && servedOn === null)
    return at('servedOn-day', 'Enter the date it was served, or select that it is not known')
  if (servedOn === null) return []
  if (service === 'not-yet') return twice('servedOn-day', 'Not yet')
  if (service === 'not-known') return twice('servedOn-day', 'Not known, or the day is not known')
  if (madeOn !== null && servedOn < madeOn)
    return at(
      'servedOn-day',
      `The date it was served must be on or after the day it was made, ${sayDay(madeOn)}`,
    )
  if (servedOn > today || (served !== null && served.from > now))
    return at('servedOn-day', 'The date and time it was served must be in the past')
  return []
}
