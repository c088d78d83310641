import { z } from 'zod'
import type { PersonId } from '../foundation/ids.ts'
import { followUpOutcomes } from './follow-up.ts'

const moment = z.number().transform(at => new Date(at))
const person = z.string().transform(text => text as PersonId)

/** The whole of a follow-up as it lies sealed; its times in milliseconds since 1970. */
export const sealedFollowUpSchema = z.object({
  because: z.enum(['did-not-attend', 'client-left']),
  raisedAt: moment,
  raisedBy: person,
  triesNeeded: z.number().int(),
  tries: z.number().int(),
  lastTryAt: moment.nullable(),
  outcome: z.enum([...followUpOutcomes, 'came-after-all']).nullable(),
  /** Sealed under the key of the case, in base64. */
  note: z.string().nullable(),
  closedAt: moment.nullable(),
  closedBy: person.nullable(),
})
export type SealedFollowUp = z.output<typeof sealedFollowUpSchema>

/** As it is written, so that the schema reads it again. */
export function writeSealedFollowUp(body: SealedFollowUp): z.input<typeof sealedFollowUpSchema> {
  return {
    ...body,
    raisedAt: body.raisedAt.getTime(),
    lastTryAt: body.lastTryAt?.getTime() ?? null,
    closedAt: body.closedAt?.getTime() ?? null,
  }
}
