import { z } from 'zod'
import { recordAct } from '../../audit/operations/record-act.ts'
import { listAgencies } from '../../directory/operations/list-agencies.ts'
import type { Decision } from '../../foundation/decision.ts'
import { type CaseId, type ExceptionId, makeId, type PersonId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { doOnce } from '../../platform/do-once.ts'
import { decideExceptionAsk, type ExceptionChoice } from '../exception.ts'
import { addExceptionRequest } from '../exception-store.ts'

const resultSchema = z.union([
  z.object({ allowed: z.literal(true) }),
  z.object({ allowed: z.literal(false), because: z.enum(['end-is-past', 'too-long', 'no-grounds']) }),
])

/** Asks that an agency sees parts of a case without consent. Nobody sees anything until another person approves. */
export async function askForException(
  transaction: Transaction,
  by: PersonId,
  caseId: CaseId,
  choice: ExceptionChoice,
  formToken: string | null,
): Promise<Decision<object, 'end-is-past' | 'too-long' | 'no-grounds'>> {
  return doOnce(
    transaction,
    'ask-for-exception',
    formToken,
    kept => resultSchema.parse(kept),
    async () => {
      const agency = (await listAgencies(transaction)).find(each => each.agencyId === choice.agencyId)
      const decision = decideExceptionAsk(choice, agency?.kind === 'police', transaction.now)
      if (!decision.allowed) return decision
      await addExceptionRequest(transaction, caseId, makeId<ExceptionId>(transaction.now), by, choice)
      await recordAct(transaction, {
        verb: 'exception-asked-for',
        caseId,
        part: 'consent',
        subject: choice.agencyId,
        detail: {
          parts: [...choice.parts],
          basis: choice.legalBasis,
          told: choice.isTold,
          until: choice.until.toISOString(),
        },
      })
      return { allowed: true }
    },
  )
}
