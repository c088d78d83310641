import { z } from 'zod'
import { identityChecks } from '../../../identity/operations/make-phrases.ts'
import { oneOf } from '../../../web/form-fields.ts'

/** What whoever makes a phrase says about how they know that this is the client. */
export const phraseForm = z.object({
  check: oneOf(identityChecks, 'Select how you made sure that this is the client'),
  agreed: oneOf(['yes'], 'Confirm that the check is the one agreed beforehand'),
})
