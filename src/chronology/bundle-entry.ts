import type { ItemId } from '../foundation/ids.ts'
import { type ActCode, actCodes } from './act-codes.ts'
import type { Incident, Precision } from './incident.ts'
import { isSameRecord, type TimelineRecord, writeRecordRef } from './record.ts'
import { sayPlace } from './say-place.ts'
import { sayFormat } from './say-record-kind.ts'
import { sayRecordTime, sayRecordZone } from './say-record-time.ts'
import { placeOnTimeline, sayWhen } from './say-when.ts'
import { labelsOf, sayFromOrTo, sayWriter } from './say-writer.ts'
import { sayTelling } from './telling.ts'
import { comparePlaces, placeOfRecord, type TimelinePlace } from './timeline.ts'

/** Where an entry can be found again: the exhibit, the place in it, and whom it names as the sender there. */
export type BundleSource = {
  readonly itemId: ItemId
  readonly exhibit: string
  readonly place: string
  /** As exported; empty where nobody is named. */
  readonly who: string
  /** False where an incident rests on a record that no reading of the exhibit holds now. */
  readonly isRead: boolean
}

/** One entry of the chronology as it leaves the clinic, in the order of the timeline and in the words that go to print. */
export type BundleEntry = {
  /** `not-read`: a line that stands for bytes that were not read or not understood. */
  readonly kind: 'record' | 'not-read' | 'incident'
  /** The incident's number in the case; null for a record. */
  readonly incidentNumber: number | null
  readonly when: string
  readonly zone: string
  readonly certainty: 'exact' | 'about' | 'between' | 'not known'
  readonly what: string
  /** Why it was kept apart, or what kind of file it is; in the clinic's own words where a person set it aside. */
  readonly reason: string
  /** As exported; empty where nobody is named. Of an incident, everybody whom its sources name. */
  readonly who: string
  /** Whether the app wrote the words, and why that is thought; empty for incidents and for what holds no words. */
  readonly writtenByApp: string
  readonly platform: string
  readonly codes: readonly ActCode[]
  /** The letters of s.2A(3): "(b)", "(d)"; "other" for an act that the list does not name. */
  readonly acts: readonly string[]
  /** The client's own words on how it felt, what it changed and who was told; empty for a record. */
  readonly impact: { readonly clientWords: string; readonly changed: string; readonly toldTo: string }
  readonly sources: readonly BundleSource[]
  /** The same message as each further source tells it, for when the first source stays; none of an incident. */
  readonly toldAgain?: readonly BundleEntry[]
}

/** A record that opens an entry, with the records that tell the same message again. */
export type RecordOnce = { readonly record: TimelineRecord; readonly copies: readonly TimelineRecord[] }

/** An incident with the records it rests on, and the items that hold others, which are in no reading now. */
export type TiedIncident = {
  readonly incident: Incident
  readonly records: readonly TimelineRecord[]
  readonly unread: readonly { readonly itemId: ItemId; readonly exhibitRef: string }[]
}

/**
 * Writes records and incidents for a bundle, in the order of the timeline, each when it is due: no more is held than
 * the incidents. A message told twice is one entry with all its sources. What has no known time comes last, and says so.
 *
 * @param told in the order of the timeline
 */
export async function* writeBundleEntries(
  told: AsyncIterable<RecordOnce> | Iterable<RecordOnce>,
  incidents: readonly TiedIncident[],
): AsyncGenerator<BundleEntry> {
  const placed = incidents
    .map(tied => ({ tied, place: placeOfIncident(tied.incident) }))
    .sort((one, other) => comparePlaces(one.place, other.place))
  let next = 0
  const before = function* (place: TimelinePlace | null): Generator<BundleEntry> {
    for (; next < placed.length; next += 1) {
      const each = placed[next]
      if (!each || (place && comparePlaces(each.place, place) > 0)) return
      yield incidentEntry(each.tied)
    }
  }
  for await (const { record, copies } of told) {
    yield* before(placeOfRecord(record))
    yield recordEntry(record, copies)
  }
  yield* before(null)
}

/** Which of these records open an entry, in the order of the timeline. A duplicate whose original is not here stands for itself. */
export function tellOnce(records: readonly TimelineRecord[]): readonly RecordOnce[] {
  const isThere = new Set(records.map(({ ref }) => writeRecordRef(ref)))
  const again = new Map<string, TimelineRecord[]>()
  const opening: TimelineRecord[] = []
  for (const record of records) {
    const first = record.sameAs && writeRecordRef(record.sameAs)
    if (!first || !isThere.has(first)) opening.push(record)
    else again.set(first, [...(again.get(first) ?? []), record])
  }
  return opening
    .sort((one, other) => comparePlaces(placeOfRecord(one), placeOfRecord(other)))
    .map(record => ({ record, copies: again.get(writeRecordRef(record.ref)) ?? [] }))
}

function placeOfIncident(incident: Incident): TimelinePlace {
  const clock = placeOnTimeline(incident.newest.when, incident.newest.zone) ?? 'infinity'
  return { clock, id: incident.incidentId, ordinal: -1 }
}

function recordEntry(record: TimelineRecord, copies: readonly TimelineRecord[]): BundleEntry {
  const said = [...labelsOf(record), ...record.attachments.map(name => `With: ${name}`)]
  const notes = said.map(note => `[${note}]`).join(' ')
  return {
    kind: record.kind === 'unknown' || record.kind === 'quarantined' ? 'not-read' : 'record',
    incidentNumber: null,
    when: sayRecordTime(record),
    zone: sayRecordZone(record),
    certainty: record.sentLocal === null ? 'not known' : 'exact',
    what: [notes, record.body].filter(part => part !== '').join(' '),
    reason: record.reason ?? '',
    who: sayFromOrTo(record),
    writtenByApp: sayWriter(record),
    platform: sayFormat(record.format),
    codes: [],
    acts: [],
    impact: { clientWords: '', changed: '', toldTo: '' },
    sources: [record, ...copies].map(sourceOf),
    ...(copies.length === 0 ? {} : { toldAgain: copies.map(copy => recordEntry(copy, [])) }),
  }
}

function incidentEntry({ incident: { number, newest }, records, unread }: TiedIncident): BundleEntry {
  const sources = [
    ...records
      .filter((record, index) => records.findIndex(each => isSameRecord(each.ref, record.ref)) === index)
      .map(sourceOf),
    ...unread.map(({ itemId, exhibitRef: exhibit }) => ({
      itemId,
      exhibit,
      place: 'not read now',
      who: '',
      isRead: false,
    })),
  ]
  return {
    kind: 'incident',
    incidentNumber: number,
    when: sayWhen(newest.when, newest.zone),
    zone: newest.zone,
    certainty: certaintyOf(newest.when.precision),
    what: newest.what,
    reason: '',
    who: sayWho(sources),
    writtenByApp: '',
    platform: newest.platform,
    codes: newest.codes,
    acts: newest.codes.map(lettersOf),
    impact: {
      clientWords: newest.clientWords,
      changed: newest.changed,
      toldTo: sayTelling(newest.telling, newest.toldTo),
    },
    sources,
  }
}

/** Everybody whom these sources name, each once. */
export function sayWho(sources: readonly Pick<BundleSource, 'who'>[]): string {
  return [...new Set(sources.map(({ who }) => who).filter(who => who !== ''))].join(', ')
}

function sourceOf(record: TimelineRecord): BundleSource {
  const { ref, exhibitRef, place } = record
  const who = sayFromOrTo(record)
  return { itemId: ref.itemId, exhibit: exhibitRef, place: sayPlace(place), who, isRead: true }
}

function certaintyOf(precision: Precision): BundleEntry['certainty'] {
  return precision === 'unknown' ? 'not known' : precision
}

function lettersOf(code: ActCode): string {
  const paragraph = actCodes.find(each => each.code === code)?.paragraph
  return paragraph ? `(${paragraph})` : 'other'
}
