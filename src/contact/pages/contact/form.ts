import { z } from 'zod'
import { oneOf, requiredText } from '../../../web/form-fields.ts'

export const verdictForm = z.object({
  channel: z.string().regex(/^c[0-9]{1,3}$/, 'Select which way to reach them'),
  verdict: oneOf(['observable', 'not-observable', 'unknown'], 'Select whether they can observe it'),
  why: requiredText({ what: 'How that is known', max: 500, enter: 'Enter how that is known' }),
})
