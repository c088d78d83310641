import { z } from 'zod'
import { recordAct } from '../../audit/operations/record-act.ts'
import type { CaseId, PersonId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { doOnce } from '../../platform/do-once.ts'
import { lockForTransaction } from '../../platform/lock-for-transaction.ts'
import { proposeCarriers } from '../leaks/carriers.ts'
import { decideLeakChange, type LeakChange, type LeakRefusal, leakRefusals } from '../leaks/leak-change.ts'
import { leakRevisions, loadLeakContext, loadLeakLog } from './load-leaks.ts'

const resultSchema = z.union([
  z.object({ allowed: z.literal(true), revision: z.number() }),
  z.object({ allowed: z.literal(false), because: z.enum(leakRefusals) }),
])
export type LeakResult =
  | { readonly allowed: true; readonly revision: number }
  | { readonly allowed: false; readonly because: LeakRefusal }

/**
 * Changes the days of the leak finder, as a new revision, on a case that is open for writing its map. What carried a
 * new day is proposed from the current map and kept with the day. Two people who change the days at once follow one
 * another; the second one is told when a day was changed meanwhile.
 */
export async function changeLeaks(
  clinic: Clinic,
  transaction: Transaction,
  by: PersonId,
  caseId: CaseId,
  change: LeakChange,
  formToken: string | null,
): Promise<LeakResult> {
  return doOnce(
    transaction,
    'change-leaks',
    formToken,
    kept => resultSchema.parse(kept),
    async () => {
      await lockForTransaction(transaction, 'leak-log', caseId)
      const { revision, log } = await loadLeakLog(clinic, transaction, caseId)
      const { finder, inventory } = await loadLeakContext(clinic, transaction, caseId)
      const things = inventory.things.filter(each => !each.isGone).map(each => each.thingId)
      const propose = (words: Parameters<typeof finder>[0]) => proposeCarriers(finder, words)
      const decision = decideLeakChange(log, change, { revision, things, propose })
      if (!decision.allowed) return decision
      const next = revision + 1
      const row = { revision: next, change: decision.change, kept: decision.log }
      await leakRevisions.add(clinic, transaction, by, caseId, row)
      await recordAct(transaction, {
        verb: 'leaks-changed',
        caseId,
        part: 'map',
        detail: { change: decision.change },
      })
      return { allowed: true, revision: next }
    },
  )
}
