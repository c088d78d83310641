import { z } from 'zod'
import { oneOf, requiredText } from '../../../web/form-fields.ts'
import { roles } from '../../role.ts'
import { normaliseSignInName, verifySignInName } from '../../sign-in-name.ts'

/** Whom an administrator invites. */
export const inviteForm = z.object({
  name: requiredText({ enter: 'Enter their name', what: 'Name', max: 200 }),
  'sign-in-name': z.string().transform((typed, context) => {
    const problem = verifySignInName(typed)
    if (problem) context.addIssue({ code: 'custom', message: problem })
    return normaliseSignInName(typed)
  }),
  role: oneOf(roles, 'Select what they do'),
  agency: z.string().min(1, 'Select their agency'),
})
