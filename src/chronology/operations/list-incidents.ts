import { caseSealOf } from '../../cases/operations/open-case-seal.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import type { Incident } from '../incident.ts'
import { findSixMonthClock, type SixMonthClock } from '../six-month-clock.ts'
import { loadCaseZone, loadRevisions } from '../store.ts'

export type IncidentList = {
  readonly incidents: readonly Incident[]
  readonly clock: SixMonthClock
  readonly zone: string
}

/** The incidents of a case by number, as they are told now, and the six-month clock from the latest. */
export async function listIncidents(transaction: Transaction, caseId: CaseId): Promise<IncidentList> {
  const stored = await loadRevisions(transaction, caseId, await caseSealOf(transaction, caseId), 'newest')
  const incidents = stored.map(({ incidentId, number, revision }) => ({
    incidentId,
    number,
    newest: revision,
  }))
  const zone = await loadCaseZone(transaction, caseId)
  return { incidents, zone, clock: findSixMonthClock(incidents, zone, transaction.now) }
}
