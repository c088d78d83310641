import pg from 'pg'
import { revisionField } from '../chronology/incident-row.ts'
import { parseSealedRecord, sealRecordContent, senderField } from '../evidence/sealed-record.ts'
import type { CaseId, ClinicId, IncidentId, ItemId } from '../foundation/ids.ts'
import { type CaseSeal, makeCaseSeal } from '../platform/case-seal.ts'
import { type ClinicKey, unwrapCaseKey } from '../platform/keys.ts'
import { isSealed } from '../platform/seal-bytes.ts'

/**
 * Seals what earlier versions wrote in the open (S8). A migration has no key, so this runs after it, as the owner of
 * the tables, at every start: it does nothing where nothing is left to seal. Each table is done in one transaction,
 * wholly or not at all, and written anew at its end, so that no page of it keeps what stood there.
 */
export async function sealClearTexts(ownerUrl: string, key: ClinicKey): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    if (await holdsClearRecords(client)) await wholly(client, () => sealRecords(client, key))
    if (await holdsClearRevisions(client)) await wholly(client, () => sealRevisions(client, key))
  } finally {
    await client.end()
  }
}

async function wholly(client: pg.Client, work: () => Promise<void>): Promise<void> {
  await client.query('begin')
  try {
    await work()
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback').catch(() => {}) // the server may be gone, which undoes it too
    throw cause
  }
}

type Place = { readonly clinic_id: ClinicId; readonly case_id: CaseId }

async function holdsClearRecords(client: pg.Client): Promise<boolean> {
  const found = await client.query(
    "select from pg_attribute where attrelid = 'unwatched.record'::regclass and attname = 'body' and not attisdropped",
  )
  return found.rows.length > 0
}

async function holdsClearRevisions(client: pg.Client): Promise<boolean> {
  const found = await client.query(
    'select from unwatched.incident_revision where get_byte(what, 0) <> 1 limit 1',
  )
  return found.rows.length > 0
}

/** The seal of each case, opened once. */
function sealsOf(client: pg.Client, key: ClinicKey): (place: Place) => Promise<CaseSeal> {
  const seals = new Map<CaseId, CaseSeal>()
  return async ({ clinic_id, case_id }) => {
    const known = seals.get(case_id)
    if (known) return known
    const found = await client.query<{ wrapped: Buffer }>(
      'select wrapped from unwatched.file_key where clinic_id = $1 and case_id = $2',
      [clinic_id, case_id],
    )
    const wrapped = found.rows[0]?.wrapped ?? Buffer.alloc(0)
    const seal = makeCaseSeal(clinic_id, case_id, unwrapCaseKey(key, clinic_id, case_id, wrapped))
    seals.set(case_id, seal)
    return seal
  }
}

type ClearRecord = Place & {
  readonly item_id: ItemId
  readonly ordinal: number
  readonly sender: string
  readonly body: string
  readonly raw: string | null
  readonly sent_as_written: string
  readonly place: unknown
  readonly attachments: unknown
  readonly facts: unknown
}

async function sealRecords(client: pg.Client, key: ClinicKey): Promise<void> {
  const sealOf = sealsOf(client, key)
  await client.query('lock table unwatched.record')
  await client.query(
    'declare clear no scroll cursor for select * from unwatched.record where sealed is null order by case_id',
  )
  for (;;) {
    const { rows } = await client.query<ClearRecord>('fetch 1000 from clear')
    if (rows.length === 0) break
    const sealed = []
    for (const row of rows) {
      const { sender, body, raw, sent_as_written: sentAsWritten, place, attachments, facts } = row
      const content = parseSealedRecord(
        JSON.stringify({ sender, body, raw, sentAsWritten, place, attachments, facts }),
      )
      const seal = await sealOf(row)
      sealed.push({ row, ...sealRecordContent(content, row.item_id, row.ordinal, seal), seal })
    }
    const known = sealed.filter(each => each.sender_key !== null)
    await client.query(
      `insert into unwatched.record_sender
       select * from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::bytea[]) on conflict do nothing`,
      [
        known.map(each => each.row.clinic_id),
        known.map(each => each.row.case_id),
        known.map(each => each.sender_key),
        known.map(each => each.seal.sealNow(senderField(each.sender_key ?? ''), each.sender)),
      ],
    )
    await client.query(
      `update unwatched.record r set sealed = s.sealed, sender_key = s.sender_key, text_key = s.text_key,
         words = s.words::bigint[]
       from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::integer[], $5::bytea[], $6::bigint[], $7::bigint[], $8::text[])
            as s (clinic_id, case_id, item_id, ordinal, sealed, sender_key, text_key, words)
       where r.clinic_id = s.clinic_id and r.case_id = s.case_id and r.item_id = s.item_id and r.ordinal = s.ordinal`,
      [
        sealed.map(each => each.row.clinic_id),
        sealed.map(each => each.row.case_id),
        sealed.map(each => each.row.item_id),
        sealed.map(each => each.row.ordinal),
        sealed.map(each => each.sealed),
        sealed.map(each => each.sender_key),
        sealed.map(each => each.text_key),
        sealed.map(each => each.words),
      ],
    )
  }
  await client.query('close clear')
  await client.query('select unwatched.forget_clear_records()')
  await client.query('drop function unwatched.forget_clear_records()')
}

const revisionTexts = [
  ['what', 'what'],
  ['her_words', 'her-words'],
  ['changed', 'changed'],
  ['where_coarse', 'where'],
  ['told_to', 'told-to'],
  ['platform', 'platform'],
  ['reason', 'reason'],
] as const

type ClearRevision = Place & { readonly incident_id: IncidentId; readonly revision: number } & {
  readonly [column in (typeof revisionTexts)[number][0]]: Buffer
}

async function sealRevisions(client: pg.Client, key: ClinicKey): Promise<void> {
  const sealOf = sealsOf(client, key)
  await client.query('lock table unwatched.incident_revision')
  // What was written stays as it was written; only how it is kept changes.
  await client.query('alter table unwatched.incident_revision disable trigger incident_revision_is_kept')
  const { rows } = await client.query<ClearRevision>('select * from unwatched.incident_revision')
  for (const row of rows) {
    const seal = await sealOf(row)
    const sealed = revisionTexts.map(([column, name]) => {
      const text = row[column]
      if (text.length === 0 || isSealed(text)) return text
      return seal.sealNow(revisionField(row.incident_id, row.revision, name), text.toString('utf8'))
    })
    await client.query(
      `update unwatched.incident_revision set what = $5, her_words = $6, changed = $7, where_coarse = $8, told_to = $9,
         platform = $10, reason = $11
       where clinic_id = $1 and case_id = $2 and incident_id = $3 and revision = $4`,
      [row.clinic_id, row.case_id, row.incident_id, row.revision, ...sealed],
    )
  }
  await client.query('alter table unwatched.incident_revision enable trigger incident_revision_is_kept')
  await client.query(
    "alter table unwatched.incident_revision alter column what type bytea using what || ''::bytea",
  )
}
