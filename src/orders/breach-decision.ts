import { z } from 'zod'

/** What a person wrote about a possible breach, as it is kept sealed. */
export const breachWordsSchema = z.object({
  reason: z.string(),
  policeReference: z.string(),
  toldPoliceOn: z.string().nullable(),
})
export type BreachWords = z.output<typeof breachWordsSchema>

/** A decision on a possible breach, in the breach diary. */
export type BreachDecision = BreachWords & {
  readonly decision: number
  readonly at: Date
  readonly byName: string
  /** A person takes it for a breach. That is still not a finding. */
  readonly isConfirmed: boolean
}
