import { caseSealOf } from '../../cases/operations/open-case-seal.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import type { ConductChoice } from '../conduct.ts'
import type { Incident } from '../incident.ts'
import { loadCaseZone, loadRevisions } from '../store.ts'
import { findTimeLimits, type TimeLimit } from '../time-limits.ts'
import { findSenders } from './find-records.ts'
import { loadConduct } from './load-conduct.ts'

export type IncidentList = {
  readonly incidents: readonly Incident[]
  /** Who sent the records that an incident rests on, as exported, by its number. */
  readonly senders: ReadonlyMap<number, readonly string[]>
  /** Which of them a person chose as the course of conduct; null while nobody has. */
  readonly conduct: ConductChoice | null
  readonly limits: readonly TimeLimit[]
  readonly zone: string
}

/** The incidents of a case by number, as they are told now, and nothing of what they rest on. */
export async function listNewestIncidents(
  transaction: Transaction,
  caseId: CaseId,
): Promise<readonly Incident[]> {
  const seal = await caseSealOf(transaction, caseId)
  const stored = await loadRevisions(transaction, caseId, seal, 'newest')
  return stored.map(({ incidentId, number, revision }) => ({ incidentId, number, newest: revision }))
}

/** The incidents of a case by number, as they are told now, with the time limits that count from those chosen. */
export async function listIncidents(transaction: Transaction, caseId: CaseId): Promise<IncidentList> {
  const [incidents, zone, conduct] = await Promise.all([
    listNewestIncidents(transaction, caseId),
    loadCaseZone(transaction, caseId),
    loadConduct(transaction, caseId),
  ])
  const records = incidents.flatMap(({ newest }) => newest.records)
  const sendersOf = await findSenders(transaction, caseId, records)
  const senders = new Map(
    incidents.map(({ number, newest }) => [number, sendersOf(newest.records).filter(name => name !== '')]),
  )
  const limits = findTimeLimits(incidents, conduct, zone, transaction.now)
  return { incidents, senders, conduct, limits, zone }
}
