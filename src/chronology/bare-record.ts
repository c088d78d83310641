import { type StoredRecord, writeClock } from '../evidence/records/stored-record.ts'
import type { RecordRef, TimelineRecord, Writer } from './record.ts'

/** A record before its item is looked up. */
export type BareRecord = Omit<TimelineRecord, 'exhibitRef' | 'format'>

/** The timeline shows how a text begins; a record's own page shows it whole. */
const bodyOnLine = 600

/** What the store keeps of a record as the type that the rules speak; `whole` keeps its text from its first to its last character. */
export function readRecord(
  stored: StoredRecord,
  sameAs: RecordRef | null,
  whole: boolean,
): BareRecord & { readonly raw: string | null } {
  const { shape, body, rest } = stored
  const record = {
    ref: { itemId: stored.itemId, ordinal: stored.ordinal },
    kind: shape.kind,
    sentAt: stored.sentAt === null ? null : new Date(stored.sentAt),
    sentLocal: stored.local === null ? null : writeClock(stored.local),
    sentAsWritten: stored.sentAsWritten,
    zone: shape.zone,
    zoneHow: shape.zoneHow,
    precision: shape.precision,
    sender: stored.sender,
    direction: shape.direction ?? 'unknown',
    parties: rest.parties ?? null,
    writtenByApp: writerOf(shape.kind, shape.writtenByApp),
    fact: shape.fact ?? null,
    body,
    bodyLength: countCharacters(body),
    place: rest.region ? { ...stored.place, region: rest.region } : stored.place,
    attachments: (rest.attachments ?? []).flatMap(each => (each.name ? [each.name] : [])),
    marks: shape.marks,
    reason: rest.reason ?? null,
    sameAs,
    raw: stored.raw,
  }
  return whole ? record : cutForTimeline(record)
}

const wordKinds: readonly string[] = ['message', 'media', 'call', 'system', 'unsettled']

/** Whose words it holds; what was read before this was looked at is not decided. */
function writerOf(kind: string, kept: Writer | null | undefined): Writer | null {
  if (!wordKinds.includes(kind)) return null
  return kept ?? { answer: 'not decided', basis: 'not-recorded' }
}

/** A record with its text as the timeline shows it. */
function cutForTimeline<Cut extends BareRecord>(record: Cut): Cut {
  if (record.bodyLength <= bodyOnLine) return record
  // Twice as many units hold as many characters; a copy, so that the whole text is not kept for its beginning.
  const beginning = [...record.body.slice(0, bodyOnLine * 2)].slice(0, bodyOnLine)
  return { ...record, body: beginning.join('') }
}

/** Characters, not units of the encoding, and without a list of them: a text may have a million. */
function countCharacters(text: string): number {
  let count = text.length
  for (let at = 0; at < text.length - 1; at += 1) {
    if ((text.charCodeAt(at) & 0xfc00) !== 0xd800 || (text.charCodeAt(at + 1) & 0xfc00) !== 0xdc00) continue
    count -= 1
    at += 1
  }
  return count
}
