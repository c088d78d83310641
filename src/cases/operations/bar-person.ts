import { z } from 'zod'
import { recordAct } from '../../audit/operations/record-act.ts'
import type { Decision } from '../../foundation/decision.ts'
import type { CaseId, PersonId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { doOnce } from '../../platform/do-once.ts'
import { type BarRefusal, decideBar } from '../bar.ts'
import { addBar, holdBars, loadBars } from '../bar-store.ts'

const resultSchema = z.union([
  z.object({ allowed: z.literal(true) }),
  z.object({ allowed: z.literal(false), because: z.enum(['own-bar', 'already-barred']) }),
])

/** Bars somebody from a case by name, on a case that is open for writing its consents. It takes effect at once. */
export async function barPerson(
  transaction: Transaction,
  by: PersonId,
  caseId: CaseId,
  choice: { readonly personId: PersonId; readonly reason: string },
  formToken: string | null,
): Promise<Decision<object, BarRefusal>> {
  return doOnce(
    transaction,
    'bar-person',
    formToken,
    kept => resultSchema.parse(kept),
    async () => {
      await holdBars(transaction, caseId)
      const decision = decideBar(by, choice.personId, await loadBars(transaction, caseId))
      if (!decision.allowed) return decision
      await addBar(transaction, caseId, choice.personId, choice.reason)
      await recordAct(transaction, {
        verb: 'person-barred',
        caseId,
        part: 'consent',
        subject: choice.personId,
      })
      return { allowed: true }
    },
  )
}
