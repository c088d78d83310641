import { z } from 'zod'
import type { PersonId } from '../../../foundation/ids.ts'
import { oneOf, requiredText } from '../../../web/form-fields.ts'
import { type FormResult, readForm } from '../../../web/read-form.ts'
import type { FormFields } from '../../../web/request.ts'

/** Reads who is barred, out of those who could be, and why. */
export function readBar(
  form: FormFields,
  people: readonly PersonId[],
): FormResult<{ readonly person: PersonId; readonly reason: string }> {
  const schema = z.object({
    person: oneOf(people, 'Select who must not see this case'),
    reason: requiredText({ what: 'Why', max: 500, enter: 'Enter why they must not see it' }),
  })
  return readForm(schema, form)
}

/** Reads whose bar is lifted, out of those who have one, and why. */
export function readLift(
  form: FormFields,
  barred: readonly PersonId[],
): FormResult<{ readonly barred: PersonId; readonly why: string }> {
  const schema = z.object({
    barred: oneOf(barred, 'Select whose bar is lifted'),
    why: requiredText({ what: 'Why', max: 500, enter: 'Enter why they may see it again' }),
  })
  return readForm(schema, form)
}
