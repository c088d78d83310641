import { z } from 'zod'
import type { FormProblem } from '../../../foundation/decision.ts'
import type { FormResult } from '../../../web/read-form.ts'
import { readForm } from '../../../web/read-form.ts'
import type { FormFields } from '../../../web/request.ts'
import { fieldText } from '../../../web/request.ts'

const schema = z.object({
  decision: z.enum(['approve', 'refuse'], { error: 'Select whether you approve this bundle' }),
  note: z.string().trim().max(2000, 'The reason must be 2,000 characters or less'),
})

/** Reads whether a bundle is approved; who refuses it says why. */
export function readDecision(form: FormFields): FormResult<z.output<typeof schema>> {
  const read = readForm(schema, form)
  const problems: FormProblem[] = read.ok ? [] : [...read.problems]
  if (fieldText(form, 'decision') === 'refuse' && fieldText(form, 'note').trim() === '')
    problems.push({ field: 'note', message: 'Enter why you do not approve it' })
  return read.ok && problems.length === 0 ? read : { ok: false, problems }
}
