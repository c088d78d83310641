import { z } from 'zod'
import type { FormProblem } from '../../../foundation/decision.ts'
import { anyOf, oneOf, optionalText } from '../../../web/form-fields.ts'
import { type FormResult, readForm } from '../../../web/read-form.ts'
import type { FormFields } from '../../../web/request.ts'
import type { TriageChoice } from '../../operations/triage-referral.ts'
import { redFlags, urgencies } from '../../red-flags.ts'
import { findMissingReason, stalkerTypes, typeReasons } from '../../triage.ts'

const schema = z.object({
  type: oneOf(stalkerTypes, 'Select what you take this to be for now'),
  typeReasons: anyOf(typeReasons),
  flags: anyOf(redFlags),
  judgement: oneOf(urgencies, 'Select how soon somebody must act'),
  settled: anyOf(['adult', 'area', 'cyberstalked']),
  note: optionalText({ what: 'Note', max: 4000 }),
})

const missingWords: Readonly<Record<NonNullable<ReturnType<typeof findMissingReason>>, string>> = {
  'known-control': 'Select at least one sign of a person who has control',
  'stranger-online': 'Select at least one sign of a stranger online',
  'one-of-each': 'Select at least one sign of each',
}

/** What is missing of the reasons for a type, as a problem of the form; null when nothing is. */
export function findMissingReasonProblem(...told: Parameters<typeof findMissingReason>): FormProblem | null {
  const missing = findMissingReason(...told)
  return missing && { field: 'typeReasons', message: missingWords[missing] }
}

/** Reads the triage form: a type needs a reason that points to it. */
export function readTriage(form: FormFields): FormResult<TriageChoice> {
  const read = readForm(schema, form)
  if (!read.ok) return read
  const problem = findMissingReasonProblem(read.value.type, read.value.typeReasons)
  return problem ? { ok: false, problems: [problem] } : { ok: true, value: read.value }
}
