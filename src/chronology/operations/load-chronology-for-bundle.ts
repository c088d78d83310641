import { caseSealOf } from '../../cases/operations/open-case-seal.ts'
import type { CaseId, ItemId } from '../../foundation/ids.ts'
import type { CaseSeal } from '../../platform/case-seal.ts'
import type { Transaction } from '../../platform/database.ts'
import { type BundleEntry, writeBundleEntries } from '../bundle-entry.ts'
import { type LinePlace, placeOfRecord } from '../chronology-line.ts'
import { citeRecord } from '../cite-record.ts'
import type { LineRecord } from '../record.ts'
import { loadCaseZone, loadItems, loadRecords, loadRevisions, type RecordQuery } from '../store.ts'
import { findTimeLimits, type TimeLimit } from '../time-limits.ts'
import { loadConduct } from './load-conduct.ts'
import { loadCitedRecords } from './load-incident.ts'
import { markDuplicates } from './mark-duplicates.ts'

/** What of the chronology goes into a bundle. */
export type BundleChoices = {
  /** Every record, only those an incident rests on, or none beside the incidents. */
  readonly records: 'all' | 'in-incidents' | 'none'
  /** First and last day ("2026-03-02"), both included; null for no bound. What has no known time is always in. */
  readonly from?: string | null
  readonly until?: string | null
}

export type BundleChronology = {
  readonly entries: readonly BundleEntry[]
  /** The items that the entries cite, each once. */
  readonly items: readonly ItemId[]
  /** The numbers of the incidents that a person chose as the course of conduct; null while nobody has. */
  readonly conduct: readonly number[] | null
  readonly limits: readonly TimeLimit[]
  readonly zone: string
}

const stretch = 5_000

/**
 * The chronology of a case as it goes into a bundle. The case must be open for its chronology, and by a job to be
 * written too: a job marks what is told twice first, so that the bundle counts what the line counts.
 */
export async function loadChronologyForBundle(
  transaction: Transaction,
  caseId: CaseId,
  choices: BundleChoices,
): Promise<BundleChronology> {
  if (transaction.actor.kind === 'task') await markDuplicates(transaction, caseId)
  const seal = await caseSealOf(transaction, caseId)
  const stored = await loadRevisions(transaction, caseId, seal, 'newest')
  const incidents = stored.map(({ incidentId, number, revision }) => ({
    incidentId,
    number,
    newest: revision,
  }))
  const cited = await loadCitedRecords(
    transaction,
    caseId,
    incidents.flatMap(each => each.newest.records),
  )
  const byRef = new Map(cited.map(record => [`${record.ref.itemId}.${record.ref.ordinal}`, record]))
  const withRecords = incidents.map(incident => ({
    incident,
    records: incident.newest.records.flatMap(ref => byRef.get(`${ref.itemId}.${ref.ordinal}`) ?? []),
  }))
  const records =
    choices.records === 'none'
      ? []
      : choices.records === 'in-incidents'
        ? [...byRef.values()]
        : await loadAll(transaction, caseId, seal, choices)
  const entries = writeBundleEntries(records, withRecords)
  const zone = await loadCaseZone(transaction, caseId)
  const conduct = await loadConduct(transaction, caseId)
  return {
    entries,
    items: [...new Set(entries.flatMap(entry => entry.sources.map(source => source.itemId)))],
    conduct:
      conduct &&
      incidents.filter(each => conduct.incidents.includes(each.incidentId)).map(each => each.number),
    limits: findTimeLimits(incidents, conduct, zone, transaction.now),
    zone,
  }
}

/** Every record of the case within the days chosen, a stretch at a time, and every one without a known time. */
async function loadAll(
  transaction: Transaction,
  caseId: CaseId,
  seal: CaseSeal,
  choices: BundleChoices,
): Promise<readonly LineRecord[]> {
  const items = await loadItems(transaction, caseId, seal)
  const bounds = [
    {
      fromTime: choices.from ? `${choices.from}T00:00:00` : '-infinity',
      untilTime: `${choices.until ?? '9999-12-31'}T23:59:59.999999`,
    },
    { fromTime: 'infinity', untilTime: 'infinity' },
  ]
  const records: LineRecord[] = []
  for (const bound of bounds) {
    let after: LinePlace | null = {
      clock: '-infinity',
      id: '00000000-0000-0000-0000-000000000000',
      ordinal: -1,
    }
    while (after) {
      const query: RecordQuery = {
        ...bound,
        kinds: null,
        senders: null,
        items: null,
        after,
        atMost: stretch,
        whole: true,
      }
      const found: readonly LineRecord[] = (await loadRecords(transaction, caseId, seal, query)).map(record =>
        citeRecord(record, items),
      )
      for (const record of found) records.push(record)
      const last: LineRecord | undefined = found.length === stretch ? found.at(-1) : undefined
      after = last ? placeOfRecord(last) : null
    }
  }
  return records
}
