import { createHash, randomUUID } from 'node:crypto'
import type { AppFact, RecordKind, WrittenByApp } from '../../src/evidence/importers/importer.ts'
import { lineKindOf } from '../../src/evidence/line-kind.ts'
import { arrivalPart, emptyReading, itemPart, readingPart } from '../../src/evidence/sealed-item.ts'
import { sealRecordContent, senderField } from '../../src/evidence/sealed-record.ts'
import { type ArrivalId, type CaseId, type ItemId, makeId } from '../../src/foundation/ids.ts'
import { type CaseSeal, makeCaseSeal } from '../../src/platform/case-seal.ts'
import { unwrapCaseKey } from '../../src/platform/keys.ts'
import { sealValue } from '../../src/platform/seal-value.ts'
import { asOwner, type TestClinic } from './test-clinic.ts'

export type TestRecord = {
  readonly local: string | null
  readonly sender: string
  readonly text: string
  readonly kind?: string
  readonly precision?: string
  readonly sentAt?: string
  readonly zone?: string
  /** Left out: the record was read before anybody asked whose words it holds. */
  readonly writtenByApp?: WrittenByApp
  readonly fact?: AppFact
}

/** An item that was read, with these records in its order. Written past the program, for tests of what stands on it. */
export async function addTestItem(
  world: TestClinic,
  caseId: CaseId,
  exhibitRef: string,
  records: readonly TestRecord[],
  options: { readonly format?: string } = {},
): Promise<ItemId> {
  const { clinicId, clock } = world.clinic
  const itemId = randomUUID() as ItemId
  await asOwner(world.ownerUrl, async client => {
    await client.query('begin')
    const seal = await ownSeal(world, caseId)
    const sha256 = createHash('sha256').update(itemId).digest('hex')
    const item = itemPart(itemId)
    const content = { sha256, size: 1, mediaType: 'text/plain', kind: 'text', exhibitRef }
    await client.query(
      `insert into unwatched.item (clinic_id, case_id, item_id, file_fingerprint, reference_fingerprint, sealed, blob_id,
         received_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        clinicId,
        caseId,
        itemId,
        seal.fingerprintOf('file', sha256),
        seal.fingerprintOf('reference', exhibitRef),
        sealValue(seal, item.field, content, item.least),
        itemId,
        clock.now(),
      ],
    )
    for (const [ordinal, record] of records.entries()) {
      const row = sealRecordContent(
        {
          sender: record.sender,
          body: record.text,
          raw: null,
          sentAsWritten: '',
          place: {
            from: ordinal * 10,
            to: ordinal * 10 + 10,
            firstLine: ordinal + 1,
            lastLine: ordinal + 1,
            entry: null,
          },
          attachments: [],
          facts: { writtenByApp: record.writtenByApp, fact: record.fact },
        },
        itemId,
        ordinal,
        seal,
      )
      if (row.sender_key !== null)
        await client.query(
          'insert into unwatched.record_sender values ($1, $2, $3, $4) on conflict do nothing',
          [clinicId, caseId, row.sender_key, seal.sealNow(senderField(row.sender_key), record.sender)],
        )
      await client.query(
        `insert into unwatched.record (clinic_id, case_id, item_id, ordinal, kind, sent_at, sent_local, zone, zone_how,
           precision, sender_key, text_key, words, sealed)
         values ($1, $2, $3, $4, $5, $6, $7, $8, case when $8::text is null then 'unknown' else 'stated' end, $9, $10, $11,
           $12, $13)`,
        [
          clinicId,
          caseId,
          itemId,
          ordinal,
          lineKindOf({
            kind: (record.kind ?? 'message') as RecordKind,
            writtenByApp: record.writtenByApp ?? null,
          }),
          record.sentAt ?? null,
          record.local,
          record.zone ?? null,
          record.precision ?? 'minute',
          row.sender_key,
          row.text_key,
          row.words,
          row.sealed,
        ],
      )
    }
    const arrivalId = makeId<ArrivalId>(clock.now())
    const arrival = arrivalPart(arrivalId)
    const arrived = {
      broughtBy: 'TC',
      howObtained: 'made for a test',
      originalName: 'made.txt',
      receipt: '{"size":1}',
    }
    await client.query(
      `insert into unwatched.arrival (clinic_id, case_id, arrival_id, item_id, arrived_at, log_size, sealed)
       values ($1, $2, $3, $4, now(), 1, $5)`,
      [clinicId, caseId, arrivalId, itemId, sealValue(seal, arrival.field, arrived, arrival.least)],
    )
    const reading = readingPart(itemId)
    const read = { ...emptyReading, format: options.format ?? 'whatsapp' }
    await client.query(
      `insert into unwatched.reading (clinic_id, case_id, item_id, state, sealed, ended_at) values ($1, $2, $3, 'done', $4, now())`,
      [clinicId, caseId, itemId, sealValue(seal, reading.field, read, reading.least)],
    )
    await client.query('commit')
  })
  return itemId
}

/** The seal of a case, past the program, for tests that look at what lies in the tables. */
export async function ownSeal(world: TestClinic, caseId: CaseId): Promise<CaseSeal> {
  const { clinicId, key } = world.clinic
  const found = await asOwner(world.ownerUrl, client =>
    client.query<{ wrapped: Buffer }>('select wrapped from unwatched.file_key where case_id = $1', [caseId]),
  )
  const wrapped = found.rows[0]?.wrapped
  if (!wrapped) throw new Error('the case has no key')
  return makeCaseSeal(clinicId, caseId, unwrapCaseKey(key, clinicId, caseId, wrapped))
}
