import { openPartInSight } from '../../audit/operations/open-part-in-sight.ts'
import { loadRelation } from '../../cases/operations/load-relation.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { type AbuseSuggestion, suggestDomesticAbuse } from '../domestic-abuse.ts'
import { loadAppointments } from '../store.ts'

/**
 * Whether to tick that an IDVA joins: as it was decided for the last appointment of this case, or else from who the
 * suspected person is, where the person booking may see the referral answers.
 */
export async function suggestIdva(transaction: Transaction, caseId: CaseId): Promise<AbuseSuggestion> {
  const [latest] = (await loadAppointments(transaction, caseId))
    .filter(each => each.state !== 'cancelled')
    .sort((a, b) => b.bookedAt.getTime() - a.bookedAt.getTime())
  if (latest)
    return {
      domesticAbuse: latest.domesticAbuse,
      because: 'As for the last appointment of this case. If more is known now, change it.',
    }
  const maySee = await openPartInSight(transaction, { caseId, part: 'referral', mode: 'read' })
  return suggestDomesticAbuse(maySee ? await loadRelation(transaction, caseId) : null)
}
