import { z } from 'zod'
import { anyOf, oneOf, optionalText } from '../../../web/form-fields.ts'
import { type FormResult, readForm } from '../../../web/read-form.ts'
import type { FormFields } from '../../../web/request.ts'
import type { TriageChoice } from '../../operations/triage-referral.ts'
import { redFlags, urgencies } from '../../red-flags.ts'
import { stalkerTypes, typeReasons } from '../../triage.ts'
import { findMissingReasonProblem } from '../parts/missing-reason.ts'

const schema = z.object({
  type: oneOf(stalkerTypes, 'Select what you take this to be for now'),
  typeReasons: anyOf(typeReasons),
  flags: anyOf(redFlags),
  judgement: oneOf(urgencies, 'Select how soon somebody must act'),
  settled: anyOf(['adult', 'area', 'cyberstalked']),
  note: optionalText({ what: 'Note', max: 4000 }),
})

/** Reads the triage form: a type needs a reason that points to it. */
export function readTriage(form: FormFields): FormResult<TriageChoice> {
  const read = readForm(schema, form)
  if (!read.ok) return read
  const problem = findMissingReasonProblem(read.value.type, read.value.typeReasons)
  return problem ? { ok: false, problems: [problem] } : { ok: true, value: read.value }
}
