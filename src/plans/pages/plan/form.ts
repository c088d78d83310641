import { z } from 'zod'
import type { CalendarDay } from '../../../foundation/calendar-day.ts'
import { oneOrNone } from '../../../web/form-fields.ts'
import { problemsOf } from '../../../web/form-problems.ts'
import { readDate } from '../../../web/read-date.ts'
import { type FormResult, readForm } from '../../../web/read-form.ts'
import type { FormFields } from '../../../web/request.ts'
import { verifyPlanDates } from '../../plan-length.ts'

export const feltChoices = ['1', '2', '3', '4', '5'] as const

/** A safety felt as a form has it: a figure from 1 to 5, or nothing. */
export const feltField = oneOrNone(feltChoices, 'Select a figure from 1 to 5, or leave it').transform(
  value => (value === null ? null : Number(value)),
)

export type NewPlan = {
  readonly startsOn: CalendarDay
  readonly endsOn: CalendarDay
  readonly safetyAtStart: number | null
}

/** Reads the form that makes a plan; every problem at once. */
export function readNewPlan(form: FormFields, today: CalendarDay): FormResult<NewPlan> {
  const starts = readDate(form, 'startsOn', { what: 'the date the plan starts', required: true })
  const ends = readDate(form, 'endsOn', { what: 'the date the plan ends', required: true })
  const rest = readForm(z.object({ safetyAtStart: feltField }), form)
  if (!starts.ok || !ends.ok || !rest.ok || !starts.value || !ends.value)
    return { ok: false, problems: problemsOf(starts, ends, rest) }
  const dates = { startsOn: starts.value, endsOn: ends.value }
  const problems = verifyPlanDates(dates, today)
  if (problems.length > 0) return { ok: false, problems }
  return { ok: true, value: { ...dates, ...rest.value } }
}
