import { addDays, addMonths, type CalendarDay, dayAt, sayDay } from '../foundation/calendar-day.ts'
import type { FormProblem } from '../foundation/decision.ts'
import type { OrderKind } from './order.ts'

/** The dates of an order as a form has them, each read or null when left empty. */
export type TypedOrder = {
  readonly kind: OrderKind
  readonly appliedOn: CalendarDay | null
  readonly madeOn: CalendarDay | null
  readonly endsHow: 'on' | 'until-further-order' | null
  readonly endsOn: CalendarDay | null
  readonly servedOn: CalendarDay | null
  /** The instants between which it was served. */
  readonly served: { readonly from: Date; readonly until: Date } | null
}

/**
 * Checks that the dates of an order can be: in the past, in their order, and with an end. Answers every problem at once.
 */
export function verifyOrder(typed: TypedOrder, zone: string, now: Date): readonly FormProblem[] {
  const problems: FormProblem[] = []
  const add = (field: string, message: string): void => {
    problems.push({ field, message })
  }
  const today = dayAt(now, zone)
  const { appliedOn, madeOn, endsHow, endsOn, servedOn, served } = typed
  if (appliedOn !== null && appliedOn > today)
    add('appliedOn-day', 'The date it was applied for must be today or in the past')
  if (madeOn !== null && madeOn > today)
    add('madeOn-day', 'The date it was made must be today or in the past')
  else if (madeOn !== null && appliedOn !== null && madeOn < appliedOn)
    add(
      'madeOn-day',
      `The date it was made must be on or after the day it was applied for, ${sayDay(appliedOn)}`,
    )
  if (madeOn !== null) {
    if (endsHow === null)
      add('endsHow', 'Select whether it ends on a date or lasts until further order: the order says which')
    else if (endsHow === 'on' && endsOn === null)
      add('endsOn-day', 'Enter the date it ends, or select “Until further order”')
    else if (endsHow === 'on' && endsOn !== null) {
      const earliest = addDays(addMonths(madeOn, 24), -1)
      if (endsOn <= madeOn) add('endsOn-day', 'The date it ends must be after the date it was made')
      // Stalking Protection Act 2019, s.3(2): a fixed period is at least 2 years, beginning with the day it is made
      else if (typed.kind === 'spo' && endsOn < earliest)
        add(
          'endsOn-day',
          `A full SPO for a fixed period lasts at least 2 years: it must end on or after ${sayDay(earliest)}. If it is an interim order, select that`,
        )
    }
  }
  if (servedOn !== null) {
    if (madeOn === null) add('madeOn-day', 'Enter the date it was made: it cannot be served before')
    else if (servedOn < madeOn)
      add('servedOn-day', `The date it was served must be on or after the day it was made, ${sayDay(madeOn)}`)
    else if (servedOn > today || (served !== null && served.from > now))
      add('servedOn-day', 'The date and time it was served must be in the past')
  }
  return problems
}
