import { z } from 'zod'
import { bundlePurposes } from '../../bundle-request.ts'

/** What is typed to ask for a bundle. */
export const askSchema = z.object({
  purpose: z.enum(bundlePurposes, { error: 'Select what the bundle is for' }),
  agency: z.string().max(100),
  records: z.enum(['in-incidents', 'all'], { error: 'Select which messages go in the chronology' }),
  note: z.string().trim().max(2000, 'The note must be 2,000 characters or less'),
})
