import { z } from 'zod'
import type { CalendarDay } from '../../../foundation/calendar-day.ts'
import { oneOf, requiredText } from '../../../web/form-fields.ts'
import { problemsOf } from '../../../web/form-problems.ts'
import { readDate } from '../../../web/read-date.ts'
import type { FormResult } from '../../../web/read-form.ts'
import { readForm } from '../../../web/read-form.ts'
import type { FormFields } from '../../../web/request.ts'
import type { Hearing } from '../../client-word.ts'
import { hearings } from '../../client-word.ts'

const schema = z.object({
  heard: oneOf(hearings, 'Select how they said that it is safe'),
  said: requiredText({ what: 'What they said', max: 1_000, enter: 'Enter what they said' }),
})

/** Reads what the client says of a channel, how they said it, and the last day on which it counts. */
export function readClientWord(
  form: FormFields,
): FormResult<{ readonly heard: Hearing; readonly words: string; readonly lastDay: CalendarDay }> {
  const read = readForm(schema, form)
  const until = readDate(form, 'until', { what: 'the last day on which it counts', required: true })
  if (!read.ok || !until.ok || until.value === null) return { ok: false, problems: problemsOf(read, until) }
  return { ok: true, value: { heard: read.value.heard, words: read.value.said, lastDay: until.value } }
}
