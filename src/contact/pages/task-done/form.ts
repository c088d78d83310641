import { z } from 'zod'
import { requiredText } from '../../../web/form-fields.ts'

export const doneForm = z.object({
  note: requiredText({ what: 'What was done', max: 1_000, enter: 'Enter what was done' }),
})
