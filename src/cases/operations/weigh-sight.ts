import type { AgencyId, CaseId, PersonId } from '../../foundation/ids.ts'
import { listPeople } from '../../identity/operations/list-people.ts'
import type { Transaction } from '../../platform/database.ts'
import { loadBars } from '../bar-store.ts'
import { type HangingOn, loadHangingOn } from '../closing-store.ts'
import { loadConsents } from '../store.ts'
import { findSightChange, type SightChange, type SightOfCase } from '../who-sees.ts'

export type { HangingOn } from '../closing-store.ts'

/** What a change would do to who sees a case, by rule S5 as everything is now; on a case open for its consents. */
export async function weighSight(
  transaction: Transaction,
  caseId: CaseId,
  change: (sight: SightOfCase) => SightOfCase,
): Promise<SightChange> {
  const { people } = await listPeople(transaction)
  const before = {
    consents: await loadConsents(transaction, caseId),
    bars: await loadBars(transaction, caseId),
  }
  return findSightChange(people, before, change(before), transaction.now)
}

/** How many coming appointments, waiting messages and open tasks hang on a case, or on one agency's or person's part. */
export async function countHangingOn(
  transaction: Transaction,
  caseId: CaseId,
  of: { readonly agencyId?: AgencyId; readonly personId?: PersonId } = {},
): Promise<HangingOn> {
  return loadHangingOn(transaction, caseId, of)
}
