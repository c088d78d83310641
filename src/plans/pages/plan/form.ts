import { z } from 'zod'
import type { CalendarDay } from '../../../foundation/calendar-day.ts'
import { oneOf, optionalText } from '../../../web/form-fields.ts'
import { problemsOf } from '../../../web/form-problems.ts'
import { readDate } from '../../../web/read-date.ts'
import { type FormResult, readForm } from '../../../web/read-form.ts'
import type { FormFields } from '../../../web/request.ts'
import { verifyPlanDates } from '../../plan-length.ts'
import { triggers } from '../../trigger.ts'
import { feltField } from '../parts/felt-field.ts'

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

export const changedForm = z.object({
  trigger: oneOf(triggers, 'Select what changed'),
  changedNote: optionalText({ what: 'What changed', max: 2_000 }),
})
