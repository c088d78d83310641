import { caseSealOf } from '../../cases/operations/open-case-seal.ts'
import { type StoredRecords, withRecords } from '../../evidence/operations/open-records.ts'
import type { StoredQuery } from '../../evidence/records/stored-query.ts'
import type { CaseId, ItemId } from '../../foundation/ids.ts'
import { settleAll } from '../../foundation/settle-all.ts'
import type { Transaction } from '../../platform/database.ts'
import { chooseIncidents, type TimelineIncident } from '../choose-incidents.ts'
import { citeRecord } from '../cite-record.ts'
import { type ClockPattern, countByHourOfWeek } from '../clock-pattern.ts'
import type { CountedHour } from '../counted-hour.ts'
import { toStoredQuery, toTimelineKey, toTimelinePlace } from '../record-query.ts'
import { sayFormat } from '../say-record-kind.ts'
import { placeOnTimeline } from '../say-when.ts'
import { loadCaseZone, loadEveryIncident, loadTimelineItems, type TimelineSource } from '../store.ts'
import { countPerWeek, type Tempo } from '../tempo.ts'
import {
  mergeTimeline,
  placeOfRecord,
  type TimelineEntry,
  type TimelinePage,
  type TimelinePlace,
} from '../timeline.ts'
import { keyOf, showsRecords, type TimelineFilter, wholeTimeline } from '../timeline-filter.ts'
import { findSenders, loadRecordCounts, readFound } from './find-records.ts'

/** Something a filter can ask for, under the key that stands for it in a URL. */
export type TimelineChoice = { readonly key: string; readonly name: string }

export type Timeline = {
  readonly page: TimelinePage
  readonly zone: string
  readonly senders: readonly TimelineChoice[]
  readonly platforms: readonly TimelineChoice[]
  /** The reference of the exhibit that was asked for; null where none was, or none has it. */
  readonly exhibit: string | null
  /** The pictures; null while words or facts are looked for, because those are not counted by the hour. */
  readonly pictures: {
    readonly records: Tempo
    readonly recordHours: ClockPattern
    readonly incidents: Tempo
  } | null
  /** How much has no known time, whatever the filter. */
  readonly withoutTime: number
  /** While words or facts are looked for: how many entries there are in all; null otherwise. */
  readonly hits: TimelineHits | null
}

/** `isAll` is false where there are more than could be compared word by word: then there are at least so many. */
export type TimelineHits = { readonly count: number; readonly isAll: boolean }

const pageLength = 50

/** Bounds of one page: characters of text, and blocks that are opened to find words side by side. */
const pageBounds = { atMost: pageLength + 1, mostText: 4 * 1024 * 1024, mostBlocks: 400 } as const

/** One page of the timeline: records and incidents together, narrowed down by a filter. */
export async function listTimeline(
  transaction: Transaction,
  caseId: CaseId,
  filter: TimelineFilter,
  after: TimelinePlace | null,
): Promise<Timeline> {
  const seal = await caseSealOf(transaction, caseId)
  const items = await loadTimelineItems(transaction, caseId, seal)
  const incidents = await loadTimelineIncidents(transaction, caseId, items, filter.sender !== null)
  const found = await withRecords(transaction, caseId, records => findPage(records, filter, after, items))
  const entries = found.records.map((each): TimelineEntry => {
    const record = citeRecord(each, items)
    return { kind: 'record', place: placeOfRecord(record), record }
  })
  const shown = chooseIncidents(incidents, filter, null)
  const following = chooseIncidents(incidents, filter, after)
  const undated = chooseIncidents(incidents, { ...wholeTimeline, time: 'unknown' }, null).length
  const records = countPerWeek(found.counts.byWeek)
  return {
    page: mergeTimeline([...entries, ...following], pageLength, found.until, filter.order),
    zone: await loadCaseZone(transaction, caseId),
    senders: found.senders.map(sender => ({ key: keyOf(sender), name: sender })),
    platforms: choosePlatforms(items, incidents),
    exhibit: items.find(({ exhibitRef }) => keyOf(exhibitRef) === filter.exhibit)?.exhibitRef ?? null,
    pictures: !isSearch(filter)
      ? {
          records,
          recordHours: countByHourOfWeek(found.counts.byHourOfWeek),
          incidents: countPerWeek(shown.map(hourOf)),
        }
      : null,
    withoutTime: undated + records.unknown,
    hits: found.hits && { ...found.hits, count: found.hits.count + shown.length },
  }
}

/** What is found by the words of records and is not counted by the hour: words that were typed, and what records report. */
const isSearch = (filter: TimelineFilter) => filter.words !== '' || filter.fact !== null

/** The records of a page, and what is said of all of them. */
async function findPage(
  records: StoredRecords,
  filter: TimelineFilter,
  after: TimelinePlace | null,
  items: readonly TimelineSource[],
) {
  const sources = items.map(({ itemId, format, exhibitRef }) => ({
    itemId,
    platform: sayFormat(format),
    exhibitRef,
  }))
  const listed = records.loadOverview().then(overview => overview.senders.map(each => each.sender))
  const find = async () => {
    // Who the senders are is asked first only where one of them is asked for: else both are read side by side.
    const senders = filter.sender === null ? [] : await listed
    const query: StoredQuery | null = showsRecords(filter) ? toStoredQuery(filter, senders, sources) : null
    const stretch = { ...pageBounds, order: filter.order, after: after && toTimelineKey(after) }
    return { query, found: query ? await records.find(query, stretch) : { records: [], until: null } }
  }
  const [senders, { query, found }] = await settleAll([listed, find()])
  return {
    senders,
    records: await readFound(records, found.records, false),
    until: found.until && toTimelinePlace(found.until),
    counts: await loadRecordCounts(records, query),
    hits: !isSearch(filter)
      ? null
      : query
        ? await records.count(query, pageBounds.mostBlocks)
        : { count: 0, isAll: true },
  }
}

/** The incidents of a case as they are told now, with what their records say; who sent those only where it is asked. */
async function loadTimelineIncidents(
  transaction: Transaction,
  caseId: CaseId,
  items: readonly TimelineSource[],
  asksSenders: boolean,
): Promise<readonly TimelineIncident[]> {
  const sources = new Map(items.map(item => [item.itemId, item]))
  const platformOf = (itemId: ItemId): string => {
    const source = sources.get(itemId)
    return source ? sayFormat(source.format) : ''
  }
  const stored = await loadEveryIncident(transaction, caseId, await caseSealOf(transaction, caseId))
  const refs = stored.flatMap(({ revision }) => revision.records)
  const sendersOf = await findSenders(transaction, caseId, asksSenders ? refs : [])
  return stored.map(({ incidentId, number, revision }) => ({
    incident: { incidentId, number, newest: revision },
    senders: sendersOf(revision.records),
    platforms: [...new Set(revision.records.map(ref => platformOf(ref.itemId)))],
    exhibits: [...new Set(revision.records.map(ref => sources.get(ref.itemId)?.exhibitRef ?? ''))],
  }))
}

function hourOf(entry: TimelineEntry): CountedHour {
  const clock =
    entry.kind === 'incident' ? placeOnTimeline(entry.incident.newest.when, entry.incident.newest.zone) : null
  return { hour: clock, counted: 1 }
}

function choosePlatforms(
  items: readonly TimelineSource[],
  incidents: readonly TimelineIncident[],
): readonly TimelineChoice[] {
  const names = [
    ...items.map(item => sayFormat(item.format)),
    ...incidents.map(each => each.incident.newest.platform),
  ]
  const choices = new Map(names.filter(name => name !== '').map(name => [keyOf(name), name]))
  return [...choices]
    .map(([key, name]) => ({ key, name }))
    .sort((one, other) => one.name.localeCompare(other.name, 'en-GB'))
}
