import { z } from 'zod'
import { recordAct } from '../../audit/operations/record-act.ts'
import type { Decision } from '../../foundation/decision.ts'
import { makeId, type PersonId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { doOnce } from '../../platform/do-once.ts'
import { digestOfEntry, type ServiceCheck } from '../find-services.ts'
import { addServiceCheck } from '../store.ts'
import { loadProfile } from './load-profile.ts'

const resultSchema = z.union([
  z.object({ allowed: z.literal(true) }),
  z.object({ allowed: z.literal(false), because: z.literal('changed-meanwhile') }),
])

/**
 * Records that somebody checked an entry of the list of services, and what they found. Only for the entry as it is: if
 * it was changed since the page was opened, the check was of something else.
 */
export async function recordServiceCheck(
  transaction: Transaction,
  by: PersonId,
  check: Omit<ServiceCheck, 'at' | 'byName'>,
  formToken: string | null,
): Promise<Decision<object, 'changed-meanwhile'>> {
  return doOnce(
    transaction,
    'check-service',
    formToken,
    kept => resultSchema.parse(kept),
    async () => {
      const { services } = await loadProfile(transaction)
      const own = services.find(({ name }) => name === check.service)
      if (!own || digestOfEntry(own) !== check.entry)
        return { allowed: false, because: 'changed-meanwhile' as const }
      await addServiceCheck(transaction, makeId(transaction.now), by, check)
      await recordAct(transaction, {
        verb: 'service-checked',
        detail: { entry: check.entry.slice(0, 12), method: check.method, finding: check.finding },
      })
      return { allowed: true }
    },
  )
}
