import { caseSealOf } from '../../cases/operations/open-case-seal.ts'
import { nameOfRef, withRecords } from '../../evidence/operations/open-records.ts'
import type { TimelineKey } from '../../evidence/records/stored-record.ts'
import type { CaseId, ItemId } from '../../foundation/ids.ts'
import type { CaseSeal } from '../../platform/case-seal.ts'
import type { Transaction } from '../../platform/database.ts'
import type { BareRecord } from '../bare-record.ts'
import { type BundleEntry, type RecordOnce, tellOnce, writeBundleEntries } from '../bundle-entry.ts'
import { citeRecord } from '../cite-record.ts'
import { isSameRecord, type RecordRef, type TimelineRecord, writeRecordRef } from '../record.ts'
import { everyRecord, timesOfDays, toTimelineKey } from '../record-query.ts'
import { loadCaseZone, loadEveryIncident, loadTimelineItems } from '../store.ts'
import { findTimeLimits, type TimeLimit } from '../time-limits.ts'
import { placeOfRecord } from '../timeline.ts'
import { findToldAgain, readFound } from './find-records.ts'
import { loadConduct } from './load-conduct.ts'
import { loadCitedRecords } from './load-incident.ts'

/** What of the chronology goes into a bundle. */
export type BundleChoices = {
  /** Every record, only those an incident rests on, or none beside the incidents. */
  readonly records: 'all' | 'in-incidents' | 'none'
  /** First and last day ("2026-03-02"), both included; null for no bound. What has no known time is always in. */
  readonly from?: string | null
  readonly until?: string | null
}

export type BundleChronology = {
  /** In the order of the timeline. Read once, within the transaction: records come from the database a stretch at a time. */
  readonly entries: AsyncIterable<BundleEntry>
  /** The numbers of the incidents that a person chose as the course of conduct; null while nobody has. */
  readonly conduct: readonly number[] | null
  readonly limits: readonly TimeLimit[]
  readonly zone: string
}

/** Records held at once: a text may be as long as a message can be, so these are few. */
const stretch = 500

/** Characters of text, and blocks, after which a stretch ends. */
const mostText = 4_000_000
const mostBlocks = 2000

/** The chronology of a case as it goes into a bundle. The case must be open for its chronology. */
export async function loadChronologyForBundle(
  transaction: Transaction,
  caseId: CaseId,
  choices: BundleChoices,
): Promise<BundleChronology> {
  const seal = await caseSealOf(transaction, caseId)
  const stored = await loadEveryIncident(transaction, caseId, seal)
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
  const byRef = new Map(cited.map(record => [writeRecordRef(record.ref), record]))
  const nameItem = exhibitNames(await loadTimelineItems(transaction, caseId, seal))
  const withRecords = incidents.map(incident => {
    const refs = incident.newest.records
    const isThere = (ref: RecordRef): boolean => byRef.has(writeRecordRef(ref))
    return {
      incident,
      records: cited.filter(record => refs.some(ref => isSameRecord(ref, record.ref))),
      unread: [...new Set(refs.filter(ref => !isThere(ref)).map(({ itemId }) => itemId))].map(nameItem),
    }
  })
  const told =
    choices.records === 'none'
      ? []
      : choices.records === 'in-incidents'
        ? tellOnce([...byRef.values()])
        : tellAll(transaction, caseId, seal, choices)
  const zone = await loadCaseZone(transaction, caseId)
  const conduct = await loadConduct(transaction, caseId)
  return {
    entries: writeBundleEntries(told, withRecords),
    conduct:
      conduct &&
      incidents.filter(each => conduct.incidents.includes(each.incidentId)).map(each => each.number),
    limits: findTimeLimits(incidents, conduct, zone, transaction.now),
    zone,
  }
}

const exhibitNames =
  (items: readonly { readonly itemId: ItemId; readonly exhibitRef: string }[]) =>
  (itemId: ItemId): { readonly itemId: ItemId; readonly exhibitRef: string } => ({
    itemId,
    exhibitRef: items.find(each => each.itemId === itemId)?.exhibitRef ?? 'not known',
  })

/**
 * Every record of the case within the days chosen, a stretch at a time, and then every one without a known time. What
 * tells the same message again comes with the record that tells it first, where both are within.
 */
async function* tellAll(
  transaction: Transaction,
  caseId: CaseId,
  seal: CaseSeal,
  choices: BundleChoices,
): AsyncGenerator<RecordOnce> {
  const items = await loadTimelineItems(transaction, caseId, seal)
  const within = timesOfDays(choices.from ?? null, choices.until ?? null)
  for (const times of [within, { known: false } as const]) {
    let after: TimelineKey | null = null
    for (;;) {
      const asked = { order: 'oldest', after, atMost: stretch, mostText, mostBlocks } as const
      const { found, again, until } = await withRecords(transaction, caseId, async records => {
        const some = await records.find({ ...everyRecord, times }, asked)
        const told = await findToldAgain(records, some.records, within)
        return { found: await readFound(records, some.records, true), again: told, until: some.until }
      })
      const copiesOf = new Map<string, TimelineRecord[]>()
      for (const copy of again.copies.map(record => citeRecord(record, items))) {
        const first = copy.sameAs ? nameOfRef(copy.sameAs) : ''
        copiesOf.set(first, [...(copiesOf.get(first) ?? []), copy])
      }
      for (const record of found.map(each => citeRecord(each, items))) {
        const ref = nameOfRef(record.ref)
        if (!again.toldBefore.has(ref)) yield { record, copies: copiesOf.get(ref) ?? [] }
      }
      const last: BareRecord | undefined = found.length === stretch ? found.at(-1) : undefined
      after = until ?? (last ? toTimelineKey(placeOfRecord(last)) : null)
      if (!after) break
    }
  }
}
