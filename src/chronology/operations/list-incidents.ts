import { caseSealOf } from '../../cases/operations/open-case-seal.ts'
import type { CaseId, IncidentId } from '../../foundation/ids.ts'
import type { PageOfList, PlaceInList } from '../../foundation/page-of-list.ts'
import type { Transaction } from '../../platform/database.ts'
import type { ConductChoice } from '../conduct.ts'
import type { Incident, IncidentInShort } from '../incident.ts'
import { everyIncident, type IncidentFilter } from '../incident-filter.ts'
import { loadEveryIncidentInShort, loadIncidentPage, loadIncidentsInShort } from '../incident-list-store.ts'
import { loadCaseZone, loadEveryIncident } from '../store.ts'
import { findTimeLimits, type TimeLimit } from '../time-limits.ts'
import { findSenders } from './find-records.ts'
import { loadConduct, loadConductChoices } from './load-conduct.ts'

export type IncidentList = {
  readonly incidents: readonly Incident[]
  /** Which of them a person chose as the course of conduct; null while nobody has. */
  readonly conduct: ConductChoice | null
  readonly limits: readonly TimeLimit[]
  readonly zone: string
}

/** Every incident of a case by number, as it is told now, and nothing of what it rests on: each is read and opened. */
export async function listNewestIncidents(
  transaction: Transaction,
  caseId: CaseId,
): Promise<readonly Incident[]> {
  const seal = await caseSealOf(transaction, caseId)
  const stored = await loadEveryIncident(transaction, caseId, seal)
  return stored.map(({ incidentId, number, revision }) => ({ incidentId, number, newest: revision }))
}

/**
 * Every incident of a case, with the time limits that count from those chosen. For what rests on all of them; a page that
 * lists them asks for a page.
 */
export async function listIncidents(transaction: Transaction, caseId: CaseId): Promise<IncidentList> {
  const [incidents, zone, conduct] = await Promise.all([
    listNewestIncidents(transaction, caseId),
    loadCaseZone(transaction, caseId),
    loadConduct(transaction, caseId),
  ])
  const limits = findTimeLimits(incidents, conduct, zone, transaction.now)
  return { incidents, conduct, limits, zone }
}

/** A page of the incidents of a case, with what is said of all of them. */
export type IncidentsOnPage = {
  readonly list: PageOfList<Incident>
  /** How many incidents the case has in all. */
  readonly made: number
  readonly conduct: ConductChoice | null
  /** The incidents that were ever chosen by the choices that are shown, by number. */
  readonly chosen: readonly Pick<Incident, 'incidentId' | 'number'>[]
  readonly limits: readonly TimeLimit[]
  readonly zone: string
}

/**
 * A page of the incidents of a case. Only what is on it is opened: what the limits count from lies in the open, and is read
 * of those alone that a person chose.
 */
export async function listIncidentPage(
  transaction: Transaction,
  caseId: CaseId,
  filter: IncidentFilter,
  place: PlaceInList,
): Promise<IncidentsOnPage> {
  return pageBeside(transaction, caseId, filter, place, await loadConduct(transaction, caseId), [])
}

/** What the form for a course of conduct shows: incidents, the newest first, and who chose what before. */
export type ConductChoices = IncidentsOnPage & {
  /** The choices so far, the newest first. */
  readonly earlier: readonly ConductChoice[]
  /** Who sent the records that an incident on the page rests on, as exported, by its number. */
  readonly senders: ReadonlyMap<number, readonly string[]>
}

/** A page of the incidents to choose from, the newest first, with the choices so far. */
export async function listConductChoices(
  transaction: Transaction,
  caseId: CaseId,
  place: PlaceInList,
  earlierShown: number,
): Promise<ConductChoices> {
  const earlier = await loadConductChoices(transaction, caseId, earlierShown)
  const filter = { ...everyIncident, order: 'newest' } as const
  const page = await pageBeside(transaction, caseId, filter, place, earlier[0] ?? null, earlier)
  const { lines } = page.list
  const sendersOf = await findSenders(
    transaction,
    caseId,
    lines.flatMap(({ newest }) => newest.records),
  )
  const senders = new Map(
    lines.map(({ number, newest }) => [number, sendersOf(newest.records).filter(name => name !== '')]),
  )
  return { ...page, earlier, senders }
}

async function pageBeside(
  transaction: Transaction,
  caseId: CaseId,
  filter: IncidentFilter,
  place: PlaceInList,
  conduct: ConductChoice | null,
  earlier: readonly ConductChoice[],
): Promise<IncidentsOnPage> {
  const named = new Set<IncidentId>([
    ...(conduct?.incidents ?? []),
    ...(conduct?.assaults ?? []),
    ...earlier.flatMap(each => each.incidents),
  ])
  const [list, { incidents: chosen, made }, zone] = await Promise.all([
    loadIncidentPage(transaction, caseId, await caseSealOf(transaction, caseId), filter, conduct, place),
    loadIncidentsInShort(transaction, caseId, [...named]),
    loadCaseZone(transaction, caseId),
  ])
  return { list, made, conduct, chosen, zone, limits: findTimeLimits(chosen, conduct, zone, transaction.now) }
}

/** The incidents of a case and the choice of the course of conduct, in short: no text of an incident is opened. */
export async function loadChronologyInShort(
  transaction: Transaction,
  caseId: CaseId,
): Promise<{ readonly incidents: readonly IncidentInShort[]; readonly conduct: ConductChoice | null }> {
  const [incidents, conduct] = await Promise.all([
    loadEveryIncidentInShort(transaction, caseId),
    loadConduct(transaction, caseId),
  ])
  return { incidents, conduct }
}
