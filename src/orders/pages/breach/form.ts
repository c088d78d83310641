import { z } from 'zod'
import type { CalendarDay } from '../../../foundation/calendar-day.ts'
import { oneOf, optionalText, requiredText } from '../../../web/form-fields.ts'
import { problemsOf } from '../../../web/form-problems.ts'
import { readDate } from '../../../web/read-date.ts'
import { type FormResult, readForm } from '../../../web/read-form.ts'
import type { FormFields } from '../../../web/request.ts'
import type { BreachWords } from '../../breach-decision.ts'

export type ReadBreach = { readonly isConfirmed: boolean; readonly words: BreachWords }

const schema = z.object({
  taken: oneOf(['yes', 'no'], 'Select what you make of it'),
  reason: requiredText({ what: 'The reason', max: 2_000, enter: 'Enter why' }),
  policeReference: optionalText({ what: 'The police reference', max: 100 }),
})

/** Reads what a person made of an incident beside an order. */
export function readBreach(form: FormFields, today: CalendarDay): FormResult<ReadBreach> {
  const read = readForm(schema, form)
  const told = readDate(form, 'told', { what: 'the date the police were told', required: false })
  if (!read.ok || !told.ok) return { ok: false, problems: problemsOf(read, told) }
  if (told.value !== null && told.value > today) {
    const message = 'The date the police were told must be today or in the past'
    return { ok: false, problems: [{ field: 'told-day', message }] }
  }
  const { reason, policeReference, taken } = read.value
  const words = { reason, policeReference, toldPoliceOn: told.value }
  return { ok: true, value: { isConfirmed: taken === 'yes', words } }
}
