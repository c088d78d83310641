import { z } from 'zod'
import type { FormProblem } from '../../../foundation/decision.ts'
import { oneOf, optionalText } from '../../../web/form-fields.ts'
import { readForm } from '../../../web/read-form.ts'
import type { FormFields } from '../../../web/request.ts'

const schema = z.object({
  decision: oneOf(['approve', 'refuse'], 'Select whether you approve this link'),
  reason: optionalText({ what: 'The reason', max: 2000 }),
})

export type LinkDecisionForm =
  | { readonly ok: true; readonly approve: boolean; readonly reason: string }
  | { readonly ok: false; readonly problems: readonly FormProblem[] }

/** What a coordinator decides about a link; a refusal says why. */
export function readLinkDecision(form: FormFields): LinkDecisionForm {
  const read = readForm(schema, form)
  if (!read.ok) return read
  const { decision, reason } = read.value
  if (decision === 'refuse' && reason === '') {
    return { ok: false, problems: [{ field: 'reason', message: 'Enter why you do not approve it' }] }
  }
  return { ok: true, approve: decision === 'approve', reason }
}
