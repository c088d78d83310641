import type pg from 'pg'
import { revisionField } from '../chronology/incident-row.ts'
import { parseSealedRecord, sealRecordContent, senderField } from '../evidence/sealed-record.ts'
import type { CaseId, ClinicId, IncidentId, ItemId } from '../foundation/ids.ts'
import { connectOnce, endConnection, oneHour } from '../platform/as-owner.ts'
import { type CaseSeal, makeCaseSeal } from '../platform/case-seal.ts'
import { Fault } from '../platform/fault.ts'
import { type ClinicKey, clinicKeyId, makeClinicKey, unwrapCaseKey } from '../platform/keys.ts'
import { isSealed } from '../platform/seal-bytes.ts'
import { openName, sealEvenNothing, sealName } from '../platform/seal-name.ts'
import { holdsClearActs, sealActs } from './seal-clear-acts.ts'
import {
  holdsOpenAppointments,
  holdsOpenMessages,
  sealAppointments,
  sealMessages,
} from './seal-clear-appointments.ts'
import { findClearTables, sealColumns } from './seal-clear-columns.ts'
import { holdsClearEvidence, sealEvidence } from './seal-clear-evidence.ts'

/**
 * Seals what earlier versions wrote in the open (S8). A migration has no key, so this runs after it, as the owner of
 * the tables, at every start: it does nothing where nothing is left to seal. Each table is done in one transaction,
 * wholly or not at all, and written anew at its end, so that no page of it keeps what stood there. Only what belongs to a
 * clinic of this very key is touched: sealed with the key of another, it could never be opened again.
 */
export async function sealClearTexts(ownerUrl: string, key: ClinicKey): Promise<void> {
  const client = await connectOnce(ownerUrl, { answerIn: oneHour })
  try {
    const mine = ofKey(key)
    if (await holdsClearRecords(client, mine)) await wholly(client, () => sealRecords(client, key, mine))
    if (await holdsClearRevisions(client, mine)) await wholly(client, () => sealRevisions(client, key, mine))
    if (await holdsClearNames(client, mine)) await wholly(client, () => sealNames(client, key, mine))
    if ((await holdsOpenAppointments(client)) || (await holdsClearEvidence(client)))
      await refuseOtherKeys(client, mine)
    if (await holdsOpenAppointments(client)) await wholly(client, () => sealAppointments(client, key))
    if (await holdsClearActs(client, mine)) await wholly(client, () => sealActs(client, key, mine))
    if (await holdsOpenMessages(client, mine)) await wholly(client, () => sealMessages(client, key, mine))
    if (await holdsClearEvidence(client))
      await wholly(client, () => sealEvidence(client, key, sealsOf(client, key)))
    for (const table of await findClearTables(client, mine))
      await wholly(client, () => sealColumns(client, key, table, mine))
  } finally {
    await endConnection(client)
  }
}

/** The rows of the clinics that were made with this key. */
const ofKey = (key: ClinicKey): string =>
  `clinic_id in (select clinic_id from unwatched.clinic where key_id = '${clinicKeyId(key)}')`

/** What goes for the whole database at once cannot while another clinic's rows, which this key opens not, stand in the open. */
async function refuseOtherKeys(client: pg.Client, mine: string): Promise<void> {
  const others = await client.query(`select from unwatched.case_file where not (${mine}) limit 1`)
  if (others.rows.length === 0) return
  throw new Fault(
    'rows-of-two-keys',
    'This database was made by an earlier version and holds clinics of more than one key. Make a backup of each with the earlier version, and restore each into a database of its own.',
  )
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

async function holdsClearRecords(client: pg.Client, mine: string): Promise<boolean> {
  const column = await client.query(
    "select from pg_attribute where attrelid = 'unwatched.record'::regclass and attname = 'body' and not attisdropped",
  )
  if (column.rows.length === 0) return false
  const found = await client.query(
    `select from unwatched.record where sealed is null and ${mine}
     union all select where not exists (select from unwatched.record where sealed is null) limit 1`,
  )
  return found.rows.length > 0
}

async function holdsClearRevisions(client: pg.Client, mine: string): Promise<boolean> {
  const found = await client.query(
    `select from unwatched.incident_revision where get_byte(what, 0) <> 1 and ${mine} limit 1`,
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

async function sealRecords(client: pg.Client, key: ClinicKey, mine: string): Promise<void> {
  const sealOf = sealsOf(client, key)
  await client.query('lock table unwatched.record')
  await client.query(
    `declare clear no scroll cursor for select * from unwatched.record where sealed is null and ${mine} order by case_id`,
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
  const left = await client.query('select from unwatched.record where sealed is null limit 1')
  // Another clinic's, which its own program seals.
  if (left.rows.length > 0) return
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

async function sealRevisions(client: pg.Client, key: ClinicKey, mine: string): Promise<void> {
  const sealOf = sealsOf(client, key)
  await client.query('lock table unwatched.incident_revision')
  // What was written stays as it was written; only how it is kept changes.
  await client.query('alter table unwatched.incident_revision disable trigger incident_revision_is_kept')
  const { rows } = await client.query<ClearRevision>(
    `select * from unwatched.incident_revision where ${mine}`,
  )
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

/** Names in the open, names sealed to the byte, as was done before they were padded, and counts of likenesses. */
async function holdsClearNames(client: pg.Client, mine: string): Promise<boolean> {
  const found = await client.query(
    `select from unwatched.referral
       where ${mine} and not (state = 'not-ours' and client_name = '') and (length(client_name) < $1 or length(suspect_name) < $1)
     union all select from unwatched.case_file where ${mine} and length(client_name) < $1
     union all select from unwatched.suspect where ${mine} and length(name) < $1
     union all select from unwatched.triage where ${mine} and jsonb_typeof(conflicts) <> 'string' limit 1`,
    [leastSealedName],
  )
  return found.rows.length > 0
}

/** How long the shortest name is as it lies sealed: nothing at all, padded. */
const leastSealedName = sealEvenNothing(
  makeClinicKey(),
  { clinicId: '' as ClinicId, caseId: '' as CaseId, field: '' },
  '',
).length

type ClearReferral = Place & {
  readonly state: string
  readonly client_name: string
  readonly suspect_name: string
  readonly answers: Readonly<Record<string, unknown>>
  readonly decision: Readonly<Record<string, unknown>>
}

async function sealNames(client: pg.Client, key: ClinicKey, mine: string): Promise<void> {
  const sealed = (row: Place, field: string, kept: unknown): string => {
    const place = { clinicId: row.clinic_id, caseId: row.case_id, field }
    return sealName(key, place, openName(key, place, typeof kept === 'string' ? kept : ''))
  }
  const sealedName = (row: Place, field: string, kept: string): string => {
    const place = { clinicId: row.clinic_id, caseId: row.case_id, field }
    return sealEvenNothing(key, place, openName(key, place, kept))
  }
  await client.query(
    'lock table unwatched.referral, unwatched.case_file, unwatched.suspect, unwatched.triage',
  )
  for (const row of (await client.query<ClearReferral>(`select * from unwatched.referral where ${mine}`))
    .rows) {
    const { words, howHeard, agreedWords } = row.answers
    const isCleared = row.state === 'not-ours' && row.client_name === ''
    await client.query(
      `update unwatched.referral set client_name = $3, suspect_name = $4, answers = $5, decision = $6
       where clinic_id = $1 and case_id = $2`,
      [
        row.clinic_id,
        row.case_id,
        isCleared ? '' : sealedName(row, 'client-name', row.client_name),
        isCleared ? '' : sealedName(row, 'suspect-name', row.suspect_name),
        JSON.stringify({
          ...row.answers,
          words: sealed(row, 'words', words),
          howHeard: sealed(row, 'how-heard', howHeard),
          ...(agreedWords === undefined ? {} : { agreedWords: sealed(row, 'agreed-words', agreedWords) }),
        }),
        JSON.stringify({ ...row.decision, note: sealed(row, 'decision-note', row.decision['note']) }),
      ],
    )
  }
  type CaseName = Place & { readonly client_name: string }
  for (const row of (await client.query<CaseName>(`select * from unwatched.case_file where ${mine}`)).rows)
    await client.query(
      'update unwatched.case_file set client_name = $3 where clinic_id = $1 and case_id = $2',
      [row.clinic_id, row.case_id, sealedName(row, 'client-name', row.client_name)],
    )
  type Suspect = Place & { readonly suspect_id: string; readonly name: string }
  for (const row of (await client.query<Suspect>(`select * from unwatched.suspect where ${mine}`)).rows)
    await client.query(
      'update unwatched.suspect set name = $4 where clinic_id = $1 and case_id = $2 and suspect_id = $3',
      [row.clinic_id, row.case_id, row.suspect_id, sealedName(row, 'suspect-name', row.name)],
    )
  type Triage = Place & { readonly triage_id: number; readonly note: string; readonly conflicts: unknown }
  for (const row of (await client.query<Triage>(`select * from unwatched.triage where ${mine}`)).rows)
    await client.query(
      'update unwatched.triage set note = $4, conflicts = $5 where clinic_id = $1 and case_id = $2 and triage_id = $3',
      [
        row.clinic_id,
        row.case_id,
        row.triage_id,
        sealed(row, 'triage-note', row.note),
        typeof row.conflicts === 'string' ? JSON.stringify(row.conflicts) : '""',
      ],
    )
  await client.query(
    "alter table unwatched.referral alter column referred_by type text using referred_by || ''",
  )
  await client.query("alter table unwatched.case_file alter column zone type text using zone || ''")
  await client.query("alter table unwatched.suspect alter column relation type text using relation || ''")
  await client.query("alter table unwatched.triage alter column note type text using note || ''")
}
