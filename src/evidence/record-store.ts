import { sql } from 'kysely'
import type { CaseId, ItemId } from '../foundation/ids.ts'
import type { CaseSeal } from '../platform/case-seal.ts'
import type { Transaction } from '../platform/database.ts'
import type { EvidenceRecord } from './importers/importer.ts'
import { lineKindOf } from './line-kind.ts'
import { type SealedRecord, sealRecordContent, senderField } from './sealed-record.ts'
import { storableText } from './storable-text.ts'

/** So many records are taken away in one statement: a long item in one would hold the server longer than it waits. */
const mostAtOnce = 50_000

/** Takes away what an earlier reading of the item said. Records are derived; the original stays as it is. */
export async function clearRecords(transaction: Transaction, caseId: CaseId, itemId: ItemId): Promise<void> {
  for (;;) {
    const gone = await sql`delete from unwatched.record
      where clinic_id = ${transaction.actor.clinicId} and case_id = ${caseId} and item_id = ${itemId}
        and ordinal in (select r.ordinal from unwatched.record r
          where r.clinic_id = ${transaction.actor.clinicId} and r.case_id = ${caseId} and r.item_id = ${itemId}
          limit ${mostAtOnce})`.execute(transaction.tables())
    if (Number(gone.numAffectedRows ?? 0) < mostAtOnce) return
  }
}

/** Adds records in one statement, each under its number in the source, sealed as they go in. */
export async function addRecords(
  transaction: Transaction,
  caseId: CaseId,
  itemId: ItemId,
  records: readonly { readonly ordinal: number; readonly record: EvidenceRecord }[],
  seal: CaseSeal,
): Promise<void> {
  const rows = records.map(({ record, ordinal }) => sealRecordRow(record, itemId, ordinal, seal))
  const column = <Name extends keyof SealedRow>(name: Name): readonly SealedRow[Name][] =>
    rows.map(row => row[name])
  const senders = new Map(
    rows.flatMap(row => (row.sender_key === null ? [] : [[row.sender_key, row.sender]])),
  )
  await sql`insert into unwatched.record_sender (clinic_id, case_id, sender_key, sealed)
    select ${transaction.actor.clinicId}::uuid, ${caseId}::uuid, s.sender_key, s.sealed
    from unnest(${[...senders.keys()]}::bigint[],
      ${[...senders].map(([token, name]) => seal.sealNow(senderField(token), name))}::bytea[]) as s (sender_key, sealed)
    on conflict do nothing`.execute(transaction.tables())
  // A list for each column: the server takes them in twice as fast as the same rows as JSON.
  await sql`insert into unwatched.record (clinic_id, case_id, item_id, ordinal, kind, sent_at, sent_local,
      zone, zone_how, precision, marks, sender_key, text_key, words, sealed)
    select ${transaction.actor.clinicId}::uuid, ${caseId}::uuid, ${itemId}::uuid,
      r.ordinal, r.kind, r.sent_at, r.sent_local,
      r.zone, r.zone_how, r.precision, r.marks::text[], r.sender_key, r.text_key, r.words::bigint[], r.sealed
    from unnest(${column('ordinal')}::integer[], ${column('kind')}::text[], ${column('sent_at')}::timestamptz[], ${column('sent_local')}::timestamp[],
      ${column('zone')}::text[], ${column('zone_how')}::text[], ${column('precision')}::text[],
      ${column('marks')}::text[], ${column('sender_key')}::bigint[], ${column('text_key')}::bigint[],
      ${column('words')}::text[], ${column('sealed')}::bytea[])
      as r (ordinal, kind, sent_at, sent_local, zone, zone_how, precision, marks, sender_key, text_key, words,
        sealed)`.execute(transaction.tables())
}

type SealedRow = ReturnType<typeof sealRecordRow>

function sealRecordRow(record: EvidenceRecord, itemId: ItemId, ordinal: number, seal: CaseSeal) {
  const body = storableText(record.text)
  const raw = storableText(record.raw)
  const sender = storableText(record.sender ?? '')
  const altered = body.altered || raw.altered || sender.altered
  const marks = altered ? [...record.marks, 'characters-replaced'] : record.marks
  const content: SealedRecord = {
    sender: sender.text,
    body: body.text,
    raw: raw.text === body.text ? null : raw.text,
    sentAsWritten: storableText(record.sentAsWritten ?? '').text,
    place: record.place,
    attachments: [...record.attachments],
    facts: {
      direction: record.direction,
      whyNoInstant: record.whyNoInstant,
      possibleInstants: record.possibleInstants,
      reason: record.reason,
      writtenByApp: record.writtenByApp,
      fact: record.fact,
      image: record.image,
      sha256: record.sha256,
    },
  }
  return {
    ordinal,
    kind: lineKindOf(record),
    sent_at: record.sentAt,
    // A wall clock of the year 0, which the calendar of the database does not have, stays as it was written.
    sent_local: record.sentLocal?.startsWith('0000') ? null : record.sentLocal,
    zone: record.zone,
    zone_how: record.zoneHow,
    precision: record.precision,
    // Marks are plain words with hyphens, so the list needs no quotes; tokens are numbers.
    marks: `{${marks.join(',')}}`,
    ...sealRecordContent(content, itemId, ordinal, seal),
  }
}
