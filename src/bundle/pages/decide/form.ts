import { z } from 'zod'

export const decisionForm = z.object({
  decision: z.enum(['approve', 'refuse'], { error: 'Select whether you approve this bundle' }),
  note: z.string().trim().max(2000, 'The reason must be 2,000 characters or less'),
})
