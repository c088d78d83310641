import { z } from 'zod'
import { requiredText } from '../../../web/form-fields.ts'

export const liftForm = z.object({
  reason: requiredText({ what: 'Why', max: 500, enter: 'Enter why this is not the same person' }),
})
