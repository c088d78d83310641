import type { ItemId } from '../../foundation/ids.ts'
import type {
  AppFact,
  Attachment,
  EvidenceRecord,
  ImageFacts,
  Parties,
  WrittenByApp,
} from '../importers/importer.ts'
import { type LineKind, lineKindOf } from '../line-kind.ts'
import { storableText } from '../storable-text.ts'

/** A record as the store keeps it: all that an importer said of it, under its number in its source. */
export type StoredRecord = {
  readonly itemId: ItemId
  readonly ordinal: number
  /** The wall clock in milliseconds since 1970, as if it were UTC; null when nobody knows. */
  readonly local: number | null
  /** The instant in milliseconds since 1970; null when nobody knows. */
  readonly sentAt: number | null
  readonly shape: RecordShape
  readonly sender: string
  readonly body: string
  /** The text as it stood in the source, where it differs from the body. */
  readonly raw: string | null
  readonly sentAsWritten: string
  readonly place: StoredPlace
  readonly rest: RecordRest
}

/** Where a record stands in its source. */
export type StoredPlace = {
  readonly from: number
  readonly to: number
  readonly firstLine: number | null
  readonly lastLine: number | null
  readonly entry: string | null
}

/** What most records of a source share. */
export type RecordShape = {
  readonly kind: LineKind
  readonly zone: string | null
  readonly zoneHow: EvidenceRecord['zoneHow']
  readonly precision: string
  readonly marks: readonly string[]
  readonly direction?: EvidenceRecord['direction']
  readonly whyNoInstant?: EvidenceRecord['whyNoInstant']
  readonly writtenByApp?: WrittenByApp | null
  readonly fact?: AppFact | null
}

/** What few records have. */
export type RecordRest = {
  readonly attachments?: readonly Attachment[]
  readonly possibleInstants?: readonly string[]
  readonly reason?: string
  readonly image?: ImageFacts
  readonly sha256?: string
  readonly region?: { readonly top: number; readonly bottom: number }
  readonly parties?: Parties
}

/** A record as it is kept. Half characters, which no encoding writes, are shown by another and marked. */
export function toStored(record: EvidenceRecord, itemId: ItemId, ordinal: number): StoredRecord {
  const body = storableText(record.text)
  const raw = record.raw === record.text ? body : storableText(record.raw)
  const sender = storableText(record.sender ?? '')
  const altered = body.altered || raw.altered || sender.altered
  const { place } = record
  const rest: { -readonly [Name in keyof RecordRest]: RecordRest[Name] } = {}
  if (record.attachments.length > 0) rest.attachments = record.attachments.map(withoutWords)
  if (record.possibleInstants.length > 0) rest.possibleInstants = record.possibleInstants
  if (record.reason !== null) rest.reason = record.reason
  if (record.image !== null) rest.image = record.image
  if (record.sha256 !== null) rest.sha256 = record.sha256
  if (record.region) rest.region = record.region
  if (record.parties) rest.parties = record.parties
  return {
    itemId,
    ordinal,
    local: record.sentLocal === null ? null : readClock(record.sentLocal),
    sentAt: record.sentAt === null ? null : readInstant(record.sentAt),
    shape: {
      kind: lineKindOf(record),
      zone: record.zone,
      zoneHow: record.zoneHow,
      precision: record.precision,
      marks: altered ? [...record.marks, 'characters-replaced'] : record.marks,
      direction: record.direction,
      whyNoInstant: record.whyNoInstant,
      writtenByApp: record.writtenByApp,
      fact: record.fact,
    },
    sender: sender.text,
    body: body.text,
    raw: raw.text === body.text ? null : raw.text,
    sentAsWritten: storableText(record.sentAsWritten ?? '').text,
    place: {
      from: place.from,
      to: place.to,
      firstLine: place.firstLine,
      lastLine: place.lastLine,
      entry: place.entry,
    },
    rest,
  }
}

/** What a camera wrote into a file inside a message was looked through while it was read, and is not kept twice. */
const withoutWords = (attachment: Attachment): Attachment =>
  attachment.inside ? { ...attachment, inside: { ...attachment.inside, words: '' } } : attachment

/** A wall clock as a number; null for one of no day that a calendar has, and for the year 0. */
export function readClock(clock: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?$/.test(clock) || clock.startsWith('0000'))
    return null
  return readInstant(`${clock}Z`)
}

/** The wall clock of a number, with its fraction of a second only where it has one. */
export function writeClock(local: number): string {
  return new Date(local).toISOString().replace(/(?:\.000)?Z$/, '')
}

function readInstant(text: string): number | null {
  const instant = Date.parse(text)
  return Number.isNaN(instant) ? null : instant
}

/** The order of the timeline: by the wall clock, what has none last; then by item and by number. */
export type TimelineKey = { readonly local: number | null; readonly itemId: string; readonly ordinal: number }

/** Orders two records as the timeline shows them. */
export function compareKeys(one: TimelineKey, other: TimelineKey): number {
  if (one.local !== other.local) {
    if (one.local === null) return 1
    if (other.local === null) return -1
    return one.local - other.local
  }
  if (one.itemId !== other.itemId) return one.itemId < other.itemId ? -1 : 1
  return one.ordinal - other.ordinal
}
