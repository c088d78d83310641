import { z } from 'zod'
import { anyOf, oneOf, requiredText } from '../../../web/form-fields.ts'
import { type FormResult, readForm } from '../../../web/read-form.ts'
import type { FormFields } from '../../../web/request.ts'
import type { RevisionChoice } from '../../operations/revise-triage.ts'
import { redFlags, urgencies } from '../../red-flags.ts'
import { stalkerTypes, typeReasons } from '../../triage.ts'
import { findMissingReasonProblem } from '../parts/missing-reason.ts'

const schema = z.object({
  type: oneOf(stalkerTypes, 'Select what you take this to be for now'),
  typeReasons: anyOf(typeReasons),
  dangerNow: oneOf(['yes', 'no', 'unknown'], 'Select whether anybody is in danger now'),
  flags: anyOf(redFlags),
  judgement: oneOf(urgencies, 'Select how soon somebody must act'),
  why: requiredText({ what: 'Why', max: 4000, enter: 'Enter what changed, and how that is known' }),
  seen: z
    .string()
    .regex(/^\d{1,15}$/)
    .catch('0')
    .transform(Number),
})

/** Reads the form that revises type and urgency: a type needs a reason that points to it. */
export function readTriageRevision(form: FormFields): FormResult<RevisionChoice> {
  const read = readForm(schema, form)
  if (!read.ok) return read
  const problem = findMissingReasonProblem(read.value.type, read.value.typeReasons)
  return problem ? { ok: false, problems: [problem] } : { ok: true, value: read.value }
}
