import { z } from 'zod'
import type { CalendarDay } from '../../../foundation/calendar-day.ts'
import { oneOf, optionalText } from '../../../web/form-fields.ts'
import { problemsOf } from '../../../web/form-problems.ts'
import { readDate } from '../../../web/read-date.ts'
import { type FormResult, readForm } from '../../../web/read-form.ts'
import type { FormFields } from '../../../web/request.ts'
import { outcomes } from '../../plan.ts'
import { feltField } from '../parts/felt-field.ts'

const note = optionalText({ what: 'The reason', max: 2_000 })

export const planClosingForm = z.object({
  outcome: oneOf(outcomes, 'Select how it is now'),
  safetyAtEnd: feltField,
  note,
})

/** Reads until when a reopened plan goes on, and why. */
export function readReopening(
  form: FormFields,
): FormResult<{ readonly endsOn: CalendarDay; readonly note: string }> {
  const read = readForm(z.object({ note }), form)
  const ends = readDate(form, 'endsOn', { what: 'the date the plan ends', required: true })
  if (!read.ok || !ends.ok || !ends.value) return { ok: false, problems: problemsOf(ends, read) }
  return { ok: true, value: { endsOn: ends.value, note: read.value.note } }
}
