import { z } from 'zod'
import type { CalendarDay } from '../../../foundation/calendar-day.ts'
import { requiredText } from '../../../web/form-fields.ts'
import { problemsOf } from '../../../web/form-problems.ts'
import { readDate } from '../../../web/read-date.ts'
import type { FormResult } from '../../../web/read-form.ts'
import { readForm } from '../../../web/read-form.ts'
import type { FormFields } from '../../../web/request.ts'

const schema = z.object({
  note: requiredText({
    what: 'What was looked at',
    max: 5_000,
    enter: 'Enter what was looked at and agreed',
  }),
})

/** Reads what was looked at in a review, and the new end where the plan is extended. */
export function readReview(
  form: FormFields,
): FormResult<{ readonly note: string; readonly extendTo: CalendarDay | null }> {
  const read = readForm(schema, form)
  const extend = readDate(form, 'extendTo', { what: 'the new end', required: false })
  if (!read.ok || !extend.ok) return { ok: false, problems: problemsOf(read, extend) }
  return { ok: true, value: { note: read.value.note, extendTo: extend.value } }
}
