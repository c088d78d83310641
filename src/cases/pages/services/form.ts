import { z } from 'zod'
import { checkMethods } from '../../../directory/find-services.ts'
import type { FormProblem } from '../../../foundation/decision.ts'
import { oneOf, optionalText } from '../../../web/form-fields.ts'
import type { FormResult } from '../../../web/read-form.ts'
import { readForm } from '../../../web/read-form.ts'
import type { FormFields } from '../../../web/request.ts'
import { fieldText } from '../../../web/request.ts'

const schema = z.object({
  way: oneOf(checkMethods, 'Select how you checked'),
  finding: oneOf(['right', 'wrong'], 'Select whether it is right'),
  note: optionalText({ what: 'What you found', max: 1000 }),
})

/** Reads how an entry was checked and what was found: what is wrong must be said, so that somebody can mend it. */
export function readCheck(form: FormFields): FormResult<z.output<typeof schema>> {
  const read = readForm(schema, form)
  const problems: FormProblem[] = read.ok ? [] : [...read.problems]
  if (fieldText(form, 'finding') === 'wrong' && fieldText(form, 'note').trim() === '')
    problems.push({ field: 'note', message: 'Enter what is wrong, and what is right' })
  return read.ok && problems.length === 0 ? read : { ok: false, problems }
}
