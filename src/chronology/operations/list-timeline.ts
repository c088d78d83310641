import { caseSealOf } from '../../cases/operations/open-case-seal.ts'
import { factWord } from '../../evidence/sealed-record.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { CaseSeal } from '../../platform/case-seal.ts'
import type { Transaction } from '../../platform/database.ts'
import { chooseIncidents, type TimelineIncident } from '../choose-incidents.ts'
import { citeRecord } from '../cite-record.ts'
import { type ClockPattern, countByHourOfWeek } from '../clock-pattern.ts'
import type { CountedHour } from '../counted-hour.ts'
import { type BareRecord, cutForTimeline } from '../record-row.ts'
import { sayFormat } from '../say-record-kind.ts'
import { placeOnTimeline } from '../say-when.ts'
import { hasPhrases, readSearch } from '../search-words.ts'
import {
  loadCaseZone,
  loadCounts,
  loadRevisions,
  loadSenders,
  loadStretch,
  loadTimelineItems,
  type RecordQuery,
  type Stretch,
  searchRecords,
  type TimelineSource,
} from '../store.ts'
import { countPerWeek, type Tempo } from '../tempo.ts'
import {
  mergeTimeline,
  placeOfRecord,
  type TimelineEntry,
  type TimelinePage,
  type TimelinePlace,
} from '../timeline.ts'
import { keyOf, recordKinds, showsRecords, type TimelineFilter, wholeTimeline } from '../timeline-filter.ts'

/** Something a filter can ask for, under the key that stands for it in a URL. */
export type TimelineChoice = { readonly key: string; readonly name: string }

export type Timeline = {
  readonly page: TimelinePage
  readonly zone: string
  readonly senders: readonly TimelineChoice[]
  readonly platforms: readonly TimelineChoice[]
  /** The pictures; null while words or facts are looked for, because those are not counted. */
  readonly pictures: {
    readonly records: Tempo
    readonly recordHours: ClockPattern
    readonly incidents: Tempo
  } | null
  /** How much has no known time, whatever the filter. */
  readonly withoutTime: number
}

const pageLength = 50

/** One page of the timeline: records and incidents together, narrowed down by a filter. */
export async function listTimeline(
  transaction: Transaction,
  caseId: CaseId,
  filter: TimelineFilter,
  after: TimelinePlace | null,
): Promise<Timeline> {
  const seal = await caseSealOf(transaction, caseId)
  const items = await loadTimelineItems(transaction, caseId, seal)
  const senders = await loadSenders(transaction, caseId, seal)
  const incidents = await loadTimelineIncidents(transaction, caseId, items)
  const query = queryOf(filter, after, items, senders)
  const { records: bare, until } = !showsRecords(filter)
    ? { records: [], until: null }
    : !isSearch(filter)
      ? endOf(await loadStretch(transaction, caseId, seal, query))
      : await searchTimeline(transaction, caseId, seal, filter, query)
  const entries = bare.map((each): TimelineEntry => {
    const record = citeRecord(each, items)
    return { kind: 'record', place: placeOfRecord(record), record }
  })
  const shown = chooseIncidents(incidents, filter, null)
  const following = chooseIncidents(incidents, filter, after)
  const counts = showsRecords(filter)
    ? await loadCounts(transaction, caseId, query)
    : { byWeek: [], byHourOfWeek: [] }
  const undated = chooseIncidents(incidents, { ...wholeTimeline, time: 'unknown' }, null).length
  const records = countPerWeek(counts.byWeek)
  return {
    page: mergeTimeline([...entries, ...following], pageLength, until),
    zone: await loadCaseZone(transaction, caseId),
    senders: senders.map(({ sender }) => ({ key: keyOf(sender), name: sender })),
    platforms: choosePlatforms(items, incidents),
    pictures: !isSearch(filter)
      ? {
          records,
          recordHours: countByHourOfWeek(counts.byHourOfWeek),
          incidents: countPerWeek(shown.map(hourOf)),
        }
      : null,
    withoutTime: undated + records.unknown,
  }
}

/** What is found by the words of records and is not counted: words that were typed, and what records report. */
const isSearch = (filter: TimelineFilter) => filter.words !== '' || filter.fact !== null

/** How many times more is read to find words side by side, before the page goes out as far as it got. */
const mostRounds = 40

/** Records of a page; `until` is where they end although more follow, null where all there are were looked at. */
type Found = { readonly records: readonly BareRecord[]; readonly until: TimelinePlace | null }

const placeOf = (record: BareRecord): TimelinePlace => ({
  clock: record.sentLocal ?? 'infinity',
  id: record.ref.itemId,
  ordinal: record.ref.ordinal,
})

function endOf({ records, isCut }: Stretch): Found {
  const last = records.at(-1)
  return { records, until: isCut && last ? placeOf(last) : null }
}

/** One page of the records with these words. Words side by side are compared once a record is opened. */
async function searchTimeline(
  transaction: Transaction,
  caseId: CaseId,
  seal: CaseSeal,
  filter: TimelineFilter,
  query: RecordQuery,
): Promise<Found> {
  const search = readSearch(filter.words)
  const sought = filter.fact === null ? search.all : [...search.all, factWord(filter.fact)]
  if (sought.length === 0) return { records: [], until: null }
  const tokens = { all: sought.map(seal.words.tokenOf), none: search.none.map(seal.words.tokenOf) }
  if (search.phrases.length === 0) return endOf(await searchRecords(transaction, caseId, seal, tokens, query))
  const found: BareRecord[] = []
  let { after } = query
  let isMore = true
  for (let round = 0; isMore && round < mostRounds && found.length < query.atMost; round += 1) {
    const asked = { ...query, after, atMost: 500, whole: true }
    const { records, isCut } = await searchRecords(transaction, caseId, seal, tokens, asked)
    for (const record of records)
      if (hasPhrases(search, `${record.sender} ${record.body}`)) found.push(cutForTimeline(record))
    const last = records.at(-1)
    isMore = last !== undefined && (isCut || records.length === 500)
    if (last) after = placeOf(last)
  }
  // What was not looked at yet begins the next page; an empty page is no end while there is more.
  return found.length >= query.atMost
    ? { records: found.slice(0, query.atMost), until: null }
    : { records: found, until: isMore ? after : null }
}

/** The incidents of a case as they are told now, with what their records say. */
export async function loadTimelineIncidents(
  transaction: Transaction,
  caseId: CaseId,
  items: readonly TimelineSource[],
): Promise<readonly TimelineIncident[]> {
  const formats = new Map(items.map(item => [item.itemId, sayFormat(item.format)]))
  const stored = await loadRevisions(transaction, caseId, await caseSealOf(transaction, caseId), 'newest')
  return stored.map(({ incidentId, number, revision, senders }) => ({
    incident: { incidentId, number, newest: revision },
    senders,
    platforms: [...new Set(revision.records.map(ref => formats.get(ref.itemId) ?? ''))],
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

function queryOf(
  filter: TimelineFilter,
  after: TimelinePlace | null,
  items: readonly TimelineSource[],
  senders: readonly { readonly senderKey: string; readonly sender: string }[],
): RecordQuery {
  const { sender, platform } = filter
  const unknown = filter.time === 'unknown'
  return {
    kinds: recordKinds(filter),
    senders:
      sender === null
        ? null
        : senders.filter(each => keyOf(each.sender) === sender).map(each => each.senderKey),
    items:
      platform === null
        ? null
        : items.filter(item => keyOf(sayFormat(item.format)) === platform).map(item => item.itemId),
    fromTime: unknown ? 'infinity' : filter.from === null ? '-infinity' : `${filter.from}T00:00:00`,
    untilTime: unknown ? 'infinity' : `${filter.until ?? '9999-12-31'}T23:59:59.999999`,
    after: after ?? { clock: '-infinity', id: '00000000-0000-0000-0000-000000000000', ordinal: -1 },
    atMost: pageLength + 1,
  }
}
