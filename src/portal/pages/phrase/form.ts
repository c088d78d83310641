import { z } from 'zod'
import { identityChecks } from '../../../identity/operations/make-phrases.ts'
import { oneOf, requiredText } from '../../../web/form-fields.ts'

/** What the person who makes a phrase says about how they know that this is the client. */
export const phraseForm = z.object({
  check: oneOf(identityChecks, 'Select how you made sure that this is the client'),
  agreed: oneOf(['yes'], 'Confirm that the check is the one agreed beforehand'),
})

/** What the person who closes the use of a second phrase says they did about it. */
export const secondPhraseForm = z.object({
  note: requiredText({ what: 'What you did', max: 1_000, enter: 'Enter what you did about it' }),
})
