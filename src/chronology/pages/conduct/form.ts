import { z } from 'zod'
import type { CalendarDay } from '../../../foundation/calendar-day.ts'
import { optionalText } from '../../../web/form-fields.ts'
import { problemsOf } from '../../../web/form-problems.ts'
import { readDate } from '../../../web/read-date.ts'
import type { FormResult } from '../../../web/read-form.ts'
import { readForm } from '../../../web/read-form.ts'
import type { FormFields } from '../../../web/request.ts'

const schema = z.object({ why: optionalText({ what: 'Why', max: 2_000 }) })

export type ConductDates = {
  readonly why: string
  readonly statementOn: CalendarDay | null
  readonly evidenceOn: CalendarDay | null
}

/** Reads why these incidents are one course of conduct, and the two days that a time limit may run from. */
export function readConduct(form: FormFields, today: CalendarDay): FormResult<ConductDates> {
  const read = readForm(schema, form)
  const statementOn = readPastDay(form, 'statementOn', 'the date of the statement', today)
  const evidenceOn = readPastDay(form, 'evidenceOn', 'the date the evidence came', today)
  if (!read.ok || !statementOn.ok || !evidenceOn.ok)
    return { ok: false, problems: problemsOf(read, statementOn, evidenceOn) }
  return {
    ok: true,
    value: { why: read.value.why, statementOn: statementOn.value, evidenceOn: evidenceOn.value },
  }
}

function readPastDay(
  form: FormFields,
  field: string,
  what: string,
  today: CalendarDay,
): FormResult<CalendarDay | null> {
  const read = readDate(form, field, { what, required: false })
  if (!read.ok || read.value === null || read.value <= today) return read
  const message = `${what.charAt(0).toUpperCase()}${what.slice(1)} must be today or in the past`
  return { ok: false, problems: [{ field: `${field}-day`, message }] }
}
