import type pg from 'pg'
import { findNameKeys } from '../cases/conflict.ts'
import { revisionField } from '../chronology/incident-row.ts'
import { parseSealedRecord, sealRecordContent, senderField } from '../evidence/sealed-record.ts'
import type { CaseId, ClinicId, IncidentId, ItemId } from '../foundation/ids.ts'
import { connectOnce, endConnection, oneHour } from '../platform/as-owner.ts'
import { type CaseSeal, makeCaseSeal } from '../platform/case-seal.ts'
import { type ClinicKey, unwrapCaseKey } from '../platform/keys.ts'
import { isSealed } from '../platform/seal-bytes.ts'
import { isSealedName, nameIndexOf, openName, sealName } from '../platform/seal-name.ts'
import { findClearTables, sealColumns } from './seal-clear-columns.ts'

/**
 * Seals what earlier versions wrote in the open (S8). A migration has no key, so this runs after it, as the owner of
 * the tables, at every start: it does nothing where nothing is left to seal. Each table is done in one transaction,
 * wholly or not at all, and written anew at its end, so that no page of it keeps what stood there.
 */
export async function sealClearTexts(ownerUrl: string, key: ClinicKey): Promise<void> {
  const client = await connectOnce(ownerUrl, { answerIn: oneHour })
  try {
    if (await holdsClearRecords(client)) await wholly(client, () => sealRecords(client, key))
    if (await holdsClearRevisions(client)) await wholly(client, () => sealRevisions(client, key))
    if (await holdsClearNames(client)) await wholly(client, () => sealNames(client, key))
    for (const table of await findClearTables(client))
      await wholly(client, () => sealColumns(client, key, table))
  } finally {
    await endConnection(client)
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

async function holdsClearNames(client: pg.Client): Promise<boolean> {
  const found = await client.query(
    `select from unwatched.referral where client_name <> '' and client_name not like 'sealed:%'
       or suspect_name <> '' and suspect_name not like 'sealed:%'
     union all select from unwatched.case_file where client_name <> '' and client_name not like 'sealed:%' limit 1`,
  )
  return found.rows.length > 0
}

type ClearReferral = Place & {
  readonly client_name: string
  readonly suspect_name: string
  readonly answers: Readonly<Record<string, unknown>>
  readonly decision: Readonly<Record<string, unknown>>
}

async function sealNames(client: pg.Client, key: ClinicKey): Promise<void> {
  const sealed = (row: Place, field: string, kept: unknown): string => {
    const text = typeof kept === 'string' ? kept : ''
    if (isSealedName(text)) return text
    return sealName(key, { clinicId: row.clinic_id, caseId: row.case_id, field }, text)
  }
  const tokens = (name: string): readonly string[] => findNameKeys(name).map(nameIndexOf(key).tokenOf)
  const opened = (row: Place, field: string, kept: string): string =>
    openName(key, { clinicId: row.clinic_id, caseId: row.case_id, field }, kept)
  await client.query(
    'lock table unwatched.referral, unwatched.case_file, unwatched.suspect, unwatched.triage',
  )
  for (const row of (await client.query<ClearReferral>('select * from unwatched.referral')).rows) {
    const { words, howHeard } = row.answers
    await client.query(
      `update unwatched.referral set client_name = $3, name_tokens = $4, suspect_name = $5, suspect_tokens = $6,
         answers = $7, decision = $8 where clinic_id = $1 and case_id = $2`,
      [
        row.clinic_id,
        row.case_id,
        sealed(row, 'client-name', row.client_name),
        tokens(opened(row, 'client-name', row.client_name)),
        sealed(row, 'suspect-name', row.suspect_name),
        tokens(opened(row, 'suspect-name', row.suspect_name)),
        JSON.stringify({
          ...row.answers,
          words: sealed(row, 'words', words),
          howHeard: sealed(row, 'how-heard', howHeard),
        }),
        JSON.stringify({ ...row.decision, note: sealed(row, 'decision-note', row.decision['note']) }),
      ],
    )
  }
  type CaseName = Place & { readonly client_name: string }
  for (const row of (await client.query<CaseName>('select * from unwatched.case_file')).rows)
    await client.query(
      'update unwatched.case_file set client_name = $3 where clinic_id = $1 and case_id = $2',
      [row.clinic_id, row.case_id, sealed(row, 'client-name', row.client_name)],
    )
  type Suspect = Place & { readonly suspect_id: string; readonly name: string }
  for (const row of (await client.query<Suspect>('select * from unwatched.suspect')).rows)
    await client.query(
      `update unwatched.suspect set name = $4, name_tokens = $5
       where clinic_id = $1 and case_id = $2 and suspect_id = $3`,
      [
        row.clinic_id,
        row.case_id,
        row.suspect_id,
        sealed(row, 'suspect-name', row.name),
        tokens(opened(row, 'suspect-name', row.name)),
      ],
    )
  type Triage = Place & { readonly triage_id: number; readonly note: string }
  for (const row of (await client.query<Triage>('select * from unwatched.triage')).rows)
    await client.query(
      'update unwatched.triage set note = $4 where clinic_id = $1 and case_id = $2 and triage_id = $3',
      [row.clinic_id, row.case_id, row.triage_id, sealed(row, 'triage-note', row.note)],
    )
  await client.query(
    "alter table unwatched.referral alter column name_tokens type text[] using name_tokens || '{}'::text[]",
  )
  await client.query("alter table unwatched.case_file alter column zone type text using zone || ''")
  await client.query(
    "alter table unwatched.suspect alter column name_tokens type text[] using name_tokens || '{}'::text[]",
  )
  await client.query("alter table unwatched.triage alter column note type text using note || ''")
}
