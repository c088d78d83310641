import type { AppFact, EvidenceRecord, Parties, WrittenByApp } from '../evidence/importers/importer.ts'
import { type ItemId, parseId } from '../foundation/ids.ts'

/** Which record: the item it was read from, and its number in the reading, from 0. */
export type RecordRef = { readonly itemId: ItemId; readonly ordinal: number }

/** Where a record stands in its source, as the importer said it. */
export type RecordPlace = {
  readonly from: number
  readonly to: number
  readonly firstLine: number | null
  readonly lastLine: number | null
  /** The name inside an archive, when the source is one. */
  readonly entry: string | null
  /** Of what was typed off a picture: from where to where, in hundredths of its height. */
  readonly region?: { readonly top: number; readonly bottom: number }
}

/** Whose words a record holds, and why that is thought; or that it was read before this was looked at. */
export type Writer = WrittenByApp | { readonly answer: 'not decided'; readonly basis: 'not-recorded' }

/** A record as the timeline shows it. */
export type TimelineRecord = {
  readonly ref: RecordRef
  readonly exhibitRef: string
  /** The format it was read as; empty when nobody knows. */
  readonly format: string
  readonly kind: string
  readonly sentAt: Date | null
  /** The wall clock ("2026-03-02T22:01:00"), or null when nobody knows. */
  readonly sentLocal: string | null
  readonly sentAsWritten: string
  readonly zone: string | null
  readonly zoneHow: string
  readonly precision: string
  /** As exported, no matter who wrote the words; empty where nobody is named. */
  readonly sender: string
  /** Whether the phone that the source comes from sent it. */
  readonly direction: EvidenceRecord['direction']
  /** Whom the source names beside the sender; null where it names nobody. */
  readonly parties: Parties | null
  /** Null where the record holds nobody's words: pictures, files, bytes that were not understood. */
  readonly writtenByApp: Writer | null
  /** What its words report, when they are a phrase of the app's. */
  readonly fact: AppFact | null
  /** The text; on the timeline only its beginning, `bodyLength` says how long it is. */
  readonly body: string
  readonly bodyLength: number
  readonly place: RecordPlace
  readonly attachments: readonly string[]
  readonly marks: readonly string[]
  /** Why the importer set it apart, or what kind of file it is; null when there is nothing to say. */
  readonly reason: string | null
  /** The record that tells the same message first. */
  readonly sameAs: RecordRef | null
}

/** "<item id>.12": the only thing about a record that a URL or a form carries. */
export function writeRecordRef(ref: RecordRef): string {
  return `${ref.itemId}.${ref.ordinal}`
}

/** Reads a reference that somebody sent, or null. */
export function parseRecordRef(text: string): RecordRef | null {
  const found = /^([0-9a-f-]{36})\.(\d{1,9})$/.exec(text)
  const itemId = parseId<ItemId>(found?.[1] ?? '')
  const ordinal = Number(found?.[2])
  return itemId && ordinal <= 2_147_483_647 ? { itemId, ordinal } : null
}

/** Whether two references are to the same record. */
export function isSameRecord(one: RecordRef, other: RecordRef): boolean {
  return one.itemId === other.itemId && one.ordinal === other.ordinal
}
