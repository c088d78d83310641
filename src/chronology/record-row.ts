import type { ItemId } from '../foundation/ids.ts'
import type { LineRecord, RecordPlace } from './record.ts'

/** A row of the table of records, as the database answers it. */
export type RecordRow = {
  item_id: ItemId
  ordinal: number
  kind: string
  sent_at: Date | null
  sent_local: string | null
  sent_as_written: string
  zone: string | null
  zone_how: string
  precision: string
  sender: string
  body: string
  body_length: number
  place: RecordPlace
  attachments: readonly (string | { readonly name?: string | null })[]
  marks: readonly string[]
  reason: string | null
  same_as_item: ItemId | null
  same_as_ordinal: number | null
}

/** A record before its item is looked up. */
export type BareRecord = Omit<LineRecord, 'exhibitRef' | 'format'>

/** Reads a row into the type that the rules speak. */
export function readRecord(row: RecordRow): BareRecord {
  return {
    ref: { itemId: row.item_id, ordinal: row.ordinal },
    kind: row.kind,
    sentAt: row.sent_at,
    sentLocal: row.sent_local,
    sentAsWritten: row.sent_as_written,
    zone: row.zone,
    zoneHow: row.zone_how,
    precision: row.precision,
    sender: row.sender,
    body: row.body,
    bodyLength: row.body_length,
    place: row.place,
    attachments: row.attachments.flatMap(each =>
      typeof each === 'string' ? [each] : each.name ? [each.name] : [],
    ),
    marks: row.marks,
    reason: row.reason,
    sameAs:
      row.same_as_item === null || row.same_as_ordinal === null
        ? null
        : { itemId: row.same_as_item, ordinal: row.same_as_ordinal },
  }
}
