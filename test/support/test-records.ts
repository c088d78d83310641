import { createHash, randomUUID } from 'node:crypto'
import type { CaseId, ItemId } from '../../src/foundation/ids.ts'
import { asOwner, type TestClinic } from './test-clinic.ts'

export type TestRecord = {
  readonly local: string | null
  readonly sender: string
  readonly text: string
  readonly kind?: string
  readonly precision?: string
  readonly sentAt?: string
  readonly zone?: string
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
    await client.query(
      `insert into unwatched.record (clinic_id, case_id, item_id, ordinal, kind, sent_at, sent_local, zone, zone_how,
         precision, sender, body, place)
       select $1, $2, $3, r.ordinal, r.kind, r.sent_at, r.sent_local, r.zone, case when r.zone is null then 'unknown' else 'stated' end,
         r.precision, r.sender, r.body,
         jsonb_build_object('from', r.ordinal * 10, 'to', r.ordinal * 10 + 10, 'firstLine', r.ordinal + 1, 'lastLine', r.ordinal + 1, 'entry', null)
       from jsonb_to_recordset($4::jsonb) as r (ordinal integer, kind text, sent_at timestamptz, sent_local timestamp,
         zone text, precision text, sender text, body text)`,
      [
        clinicId,
        caseId,
        itemId,
        JSON.stringify(
          records.map((record, ordinal) => ({
            ordinal,
            kind: record.kind ?? 'message',
            sent_at: record.sentAt ?? null,
            sent_local: record.local,
            zone: record.zone ?? null,
            precision: record.precision ?? 'minute',
            sender: record.sender,
            body: record.text,
          })),
        ),
      ],
    )
    await client.query(
      `insert into unwatched.reading (clinic_id, case_id, item_id, state, format, ended_at) values ($1, $2, $3, 'done', $4, now())`,
      [clinicId, caseId, itemId, options.format ?? 'whatsapp'],
    )
    await client.query('commit')
  })
  return itemId
}
