import { addDays, addMonths, type CalendarDay, sayDay } from '../foundation/calendar-day.ts'
import type { FormProblem } from '../foundation/decision.ts'

const shortestMonths = 3
const longestMonths = 6

export type PlanDates = { readonly startsOn: CalendarDay; readonly endsOn: CalendarDay }
export type PlanDateField = 'startsOn-day' | 'endsOn-day'

/**
 * Checks the days of a new plan: three to six months, beginning at most a month before or after today. A plan that
 * should be longer is refused, with what to do: end within six months, and let a review extend it.
 */
// The service is commissioned for safety plans of three to six months
export function verifyPlanDates(
  { startsOn, endsOn }: PlanDates,
  today: CalendarDay,
): readonly FormProblem<PlanDateField>[] {
  const problems: FormProblem<PlanDateField>[] = []
  if (startsOn < addMonths(today, -1) || startsOn > addMonths(today, 1))
    problems.push({
      field: 'startsOn-day',
      message: 'The date the plan starts must be within a month of today',
    })
  const earliest = addMonths(startsOn, shortestMonths)
  const latest = addMonths(startsOn, longestMonths)
  if (endsOn <= startsOn)
    problems.push({ field: 'endsOn-day', message: 'The date the plan ends must be after it starts' })
  else if (endsOn < addDays(earliest, -1))
    problems.push({
      field: 'endsOn-day',
      message: `A plan runs for at least 3 months: it must end on or after ${sayDay(earliest)}. A plan that is no longer needed can be closed early`,
    })
  else if (endsOn > latest)
    problems.push({
      field: 'endsOn-day',
      message: `A plan runs for 6 months at most: it must end on or before ${sayDay(latest)}. If it is needed for longer, extend it at a review`,
    })
  return problems
}

/**
 * Checks the new end of a plan that a review extends: later than its end now, and at most six months from the review,
 * so that nobody's plan runs on without being reviewed.
 */
export function verifyExtension(
  endsOn: CalendarDay,
  newEnd: CalendarDay,
  today: CalendarDay,
): readonly FormProblem<'extendTo-day'>[] {
  const latest = addMonths(today, longestMonths)
  if (newEnd <= endsOn || newEnd <= today) {
    const after = endsOn > today ? endsOn : today
    return [{ field: 'extendTo-day', message: `The new end must be after ${sayDay(after)}` }]
  }
  if (newEnd > latest)
    return [
      {
        field: 'extendTo-day',
        message: `The new end must be on or before ${sayDay(latest)}, 6 months from this review. It can be extended again then`,
      },
    ]
  return []
}
