import { z } from 'zod'
import { requiredText } from '../../../web/form-fields.ts'

export const clearingForm = z.object({
  reason: requiredText({ what: 'Why', max: 500, enter: 'Enter why they are cleared' }),
})
