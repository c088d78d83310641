import { parseSealedRecord, recordField } from '../evidence/sealed-record.ts'
import type { Row } from '../platform/schema.ts'
import type { TimelineRecord, Writer } from './record.ts'

/** A row of the table of records, as the database answers it. */
export type RecordRow = Pick<
  Row<'record'>,
  | 'item_id'
  | 'ordinal'
  | 'kind'
  | 'sent_at'
  | 'sent_local'
  | 'zone'
  | 'zone_how'
  | 'precision'
  | 'marks'
  | 'sealed'
  | 'same_as_item'
  | 'same_as_ordinal'
>

/** A record before its item is looked up. */
export type BareRecord = Omit<TimelineRecord, 'exhibitRef' | 'format'>

/** Opens what of a record lies sealed, by the field it was sealed as. */
export type OpenRecord = (field: string, sealed: Buffer) => string

/** The timeline shows how a text begins; a record's own page shows it whole. */
const bodyOnLine = 600

/** Reads a row into the type that the rules speak; `whole` keeps its text from its first to its last character. */
export function readRecord(
  row: RecordRow,
  open: OpenRecord,
  whole: boolean,
): BareRecord & { readonly raw: string | null } {
  const content = parseSealedRecord(open(recordField(row.item_id, row.ordinal), row.sealed))
  const record = {
    ref: { itemId: row.item_id, ordinal: row.ordinal },
    kind: row.kind,
    sentAt: row.sent_at,
    sentLocal: row.sent_local,
    sentAsWritten: content.sentAsWritten,
    zone: row.zone,
    zoneHow: row.zone_how,
    precision: row.precision,
    sender: content.sender,
    writtenByApp: writerOf(row.kind, content.facts.writtenByApp),
    fact: content.facts.fact ?? null,
    body: content.body,
    bodyLength: countCharacters(content.body),
    place: content.place,
    attachments: content.attachments.flatMap(each =>
      typeof each === 'string' ? [each] : each.name ? [each.name] : [],
    ),
    marks: row.marks,
    reason: content.facts.reason ?? null,
    sameAs:
      row.same_as_item === null || row.same_as_ordinal === null
        ? null
        : { itemId: row.same_as_item, ordinal: row.same_as_ordinal },
    raw: content.raw,
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
export function cutForTimeline<Cut extends BareRecord>(record: Cut): Cut {
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
