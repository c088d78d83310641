import type { KnowledgeKind } from '../../access-map/leaks/leak-log.ts'
import { changeLeaks, type LeakResult } from '../../access-map/operations/change-leaks.ts'
import { loadLeakLog } from '../../access-map/operations/load-leaks.ts'
import { openPartInSight } from '../../audit/operations/open-part-in-sight.ts'
import { listNewestIncidents } from '../../chronology/operations/list-incidents.ts'
import { loadIncidentZone } from '../../chronology/operations/load-incident.ts'
import { dayAt } from '../../foundation/calendar-day.ts'
import type { CaseId, IncidentId, PersonId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { type OfferedDays, offerDays } from '../offer-days.ts'

/**
 * The incidents that can be taken over, on a case that is open for its map; null where this person may not see the
 * chronology.
 */
export async function loadOfferedDays(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
): Promise<OfferedDays | null> {
  if (!(await openPartInSight(transaction, { caseId, part: 'chronology', mode: 'read' }))) return null
  const incidents = await listNewestIncidents(transaction, caseId)
  const { log } = await loadLeakLog(clinic, transaction, caseId)
  const today = dayAt(transaction.now, await loadIncidentZone(transaction, caseId))
  return offerDays(incidents, log, today)
}

/**
 * Takes incidents over into the leak finder, each once: with what happened, when, and what kind of thing the suspected
 * person knew. Null where this person may not see the chronology.
 */
export async function takeOverDays(
  clinic: Clinic,
  transaction: Transaction,
  by: PersonId,
  caseId: CaseId,
  chosen: ReadonlyMap<IncidentId, KnowledgeKind>,
  formToken: string | null,
): Promise<LeakResult | null> {
  const offered = await loadOfferedDays(clinic, transaction, caseId)
  if (!offered) return null
  const days = offered.days.flatMap(({ incidentId, day }) => {
    const kind = chosen.get(incidentId)
    return kind === undefined ? [] : [{ ...day, kind, incident: incidentId }]
  })
  return changeLeaks(clinic, transaction, by, caseId, { kind: 'enter', days }, formToken)
}
