import { caseSealOf } from '../../cases/operations/open-case-seal.ts'
import type { CaseId, IncidentId } from '../../foundation/ids.ts'
import type { PageOfList, PlaceInList } from '../../foundation/page-of-list.ts'
import type { Transaction } from '../../platform/database.ts'
import type { ConductChoice } from '../conduct.ts'
import type { Incident, IncidentInShort } from '../incident.ts'
import type { IncidentFilter } from '../incident-filter.ts'
import {
  loadEveryIncidentInShort,
  loadIncidentPage,
  loadIncidentsInShort,
  loadIncidentsToChoose,
} from '../incident-list-store.ts'
import { loadCaseZone, loadEveryIncident } from '../store.ts'
import { findTimeLimits, type TimeLimit } from '../time-limits.ts'
import { findSenders } from './find-records.ts'
import { loadConduct, openChoice } from './load-conduct.ts'

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
  const conduct = await loadConduct(transaction, caseId)
  const [list, { incidents: chosen, made }, zone] = await Promise.all([
    loadIncidentPage(transaction, caseId, await caseSealOf(transaction, caseId), filter, conduct, place),
    loadIncidentsInShort(transaction, caseId, [...new Set(namedIn(conduct))]),
    loadCaseZone(transaction, caseId),
  ])
  return { list, made, conduct, chosen, zone, limits: findTimeLimits(chosen, conduct, zone, transaction.now) }
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
  const seal = await caseSealOf(transaction, caseId)
  const { list, made, choices } = await loadIncidentsToChoose(transaction, caseId, seal, place, earlierShown)
  const earlier = choices.map(each => openChoice(each, seal))
  const conduct = earlier[0] ?? null
  const named = new Set([...namedIn(conduct), ...earlier.flatMap(each => each.incidents)])
  const onPage = list.lines.filter(each => named.has(each.incidentId))
  for (const { incidentId } of onPage) named.delete(incidentId)
  // What is on the page is read already: of the others only what lies in the open is.
  const others = named.size > 0 ? (await loadIncidentsInShort(transaction, caseId, [...named])).incidents : []
  const chosen = [...onPage, ...others].sort((one, other) => one.number - other.number)
  const zone = await loadCaseZone(transaction, caseId)
  const sendersOf = await findSenders(
    transaction,
    caseId,
    list.lines.flatMap(({ newest }) => newest.records),
  )
  const senders = new Map(
    list.lines.map(({ number, newest }) => [number, sendersOf(newest.records).filter(name => name !== '')]),
  )
  const limits = findTimeLimits(chosen, conduct, zone, transaction.now)
  return { list, made, conduct, chosen, zone, limits, earlier, senders }
}

const namedIn = (conduct: ConductChoice | null): readonly IncidentId[] => [
  ...(conduct?.incidents ?? []),
  ...(conduct?.assaults ?? []),
]

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
