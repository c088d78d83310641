import { createHash, randomUUID } from 'node:crypto'
import type { AppFact, RecordKind, WrittenByApp } from '../../src/evidence/importers/importer.ts'
import { lineKindOf } from '../../src/evidence/line-kind.ts'
import { sealRecordContent, senderField } from '../../src/evidence/sealed-record.ts'
import type { CaseId, ItemId } from '../../src/foundation/ids.ts'
import { type CaseSeal, makeCaseSeal } from '../../src/platform/case-seal.ts'
import { unwrapCaseKey } from '../../src/platform/keys.ts'
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
    await client.query(
      `insert into unwatched.item (clinic_id, case_id, item_id, sha256, size, media_type, kind, blob_id, exhibit_ref, received_at)
       values ($1, $2, $3, $4, 1, 'text/plain', 'text', $7, $5, $6)`,
      [
        clinicId,
        caseId,
        itemId,
        createHash('sha256').update(itemId).digest('hex'),
        exhibitRef,
        clock.now(),
        itemId,
      ],
    )
    const seal = await ownSeal(world, caseId)
    for (const [ordinal, record] of records.entries()) {
      const content = sealRecordContent(
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
      if (content.sender_key !== null)
        await client.query(
          'insert into unwatched.record_sender values ($1, $2, $3, $4) on conflict do nothing',
          [
            clinicId,
            caseId,
            content.sender_key,
            seal.sealNow(senderField(content.sender_key), record.sender),
          ],
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
          content.sender_key,
          content.text_key,
          content.words,
          content.sealed,
        ],
      )
    }
    await client.query(
      `insert into unwatched.arrival (clinic_id, case_id, arrival_id, item_id, arrived_at, brought_by, how_obtained,
         original_name, receipt) values ($1, $2, $3, $4, now(), 'TC', 'made for a test', 'made.txt', '{"size":1}')`,
      [clinicId, caseId, randomUUID(), itemId],
    )
    await client.query(
      `insert into unwatched.reading (clinic_id, case_id, item_id, state, format, ended_at) values ($1, $2, $3, 'done', $4, now())`,
      [clinicId, caseId, itemId, options.format ?? 'whatsapp'],
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
