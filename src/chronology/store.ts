import { type RawBuilder, sql } from 'kysely'
import { emptyReading, itemContent, itemPart, openReading, readingPart } from '../evidence/sealed-item.ts'
import type { CaseId, IncidentId, ItemId, PersonId } from '../foundation/ids.ts'
import type { CaseSeal } from '../platform/case-seal.ts'
import type { Transaction } from '../platform/database.ts'
import { openedAtEntry } from '../platform/once-in-visit.ts'
import type { Row } from '../platform/schema.ts'
import { openValue } from '../platform/seal-value.ts'
import type { IncidentAccount } from './incident.ts'
import { originOf } from './incident.ts'
import { type RevisionRow, readRevision, revisionField, type StoredRevision } from './incident-row.ts'
import type { RecordRef } from './record.ts'

/** An item as the chronology cites it. */
export type TimelineSource = { readonly itemId: ItemId; readonly exhibitRef: string; readonly format: string }

const here = (transaction: Transaction, caseId: CaseId) =>
  sql`r.clinic_id = ${transaction.actor.clinicId} and r.case_id = ${caseId}`

/** The items of a case with what they were read as; or those that are named. */
export async function loadTimelineItems(
  transaction: Transaction,
  caseId: CaseId,
  seal: CaseSeal,
  among: readonly ItemId[] | null = null,
): Promise<readonly TimelineSource[]> {
  const found = await sql<SourceRow>`
    select r.item_id, r.sealed, g.sealed as reading
    from unwatched.item r
    left join unwatched.reading g on g.clinic_id = r.clinic_id and g.case_id = r.case_id and g.item_id = r.item_id
    where ${here(transaction, caseId)} ${among ? sql`and r.item_id = any (${[...among]}::uuid[])` : sql``}
    order by r.received_at, r.item_id`.execute(transaction.tables())
  return found.rows.map(row => readSource(row, seal))
}

type SourceRow = Pick<Row<'item'>, 'item_id' | 'sealed'> & { readonly reading: Buffer | null }

function readSource({ item_id: itemId, sealed, reading }: SourceRow, seal: CaseSeal): TimelineSource {
  const { exhibitRef, kind } = itemContent.parse(openValue(seal, itemPart(itemId).field, sealed))
  const { format } = reading ? openReading(openValue(seal, readingPart(itemId).field, reading)) : emptyReading
  return { itemId, exhibitRef, format: format === '' ? kind : format }
}

/** A revision `r` of an incident `n` by a person `p`, with the records it rests on. */
export const revisionColumns = sql.raw(`n.number, p.name as by_name, r.*, coalesce((
    select jsonb_agg(jsonb_build_object('itemId', s.item_id, 'ordinal', s.ordinal) order by s.item_id, s.ordinal)
    from unwatched.incident_record s
    where s.clinic_id = r.clinic_id and s.case_id = r.case_id and s.incident_id = r.incident_id and s.revision = r.revision),
    '[]') as records`)

/** So many incidents are read at once where all of them are needed. */
const incidentsAtOnce = 500

/** The newest revision of every incident of a case, by number: for what rests on all of them, and never for a list. */
export async function loadEveryIncident(
  transaction: Transaction,
  caseId: CaseId,
  seal: CaseSeal,
): Promise<readonly StoredRevision[]> {
  const all: StoredRevision[] = []
  for (;;) {
    const some = await readRevisions(
      transaction,
      caseId,
      seal,
      sql`and n.number > ${all.at(-1)?.number ?? 0} and n.number <= ${(all.at(-1)?.number ?? 0) + incidentsAtOnce}
          and r.revision = (select max(m.revision) from unwatched.incident_revision m where m.clinic_id = r.clinic_id
                            and m.case_id = r.case_id and m.incident_id = r.incident_id)`,
    )
    all.push(...some)
    if (some.length < incidentsAtOnce) return all
  }
}

/** Every revision of an incident, the oldest first. */
export function loadRevisions(
  transaction: Transaction,
  caseId: CaseId,
  seal: CaseSeal,
  incidentId: IncidentId,
): Promise<readonly StoredRevision[]> {
  return readRevisions(transaction, caseId, seal, sql`and r.incident_id = ${incidentId}`)
}

async function readRevisions(
  transaction: Transaction,
  caseId: CaseId,
  seal: CaseSeal,
  which: RawBuilder<unknown>,
): Promise<readonly StoredRevision[]> {
  const found = await sql<RevisionRow>`
    select ${revisionColumns}
    from unwatched.incident n
    join unwatched.incident_revision r on r.clinic_id = n.clinic_id and r.case_id = n.case_id and r.incident_id = n.incident_id
    left join unwatched.person p on p.clinic_id = r.clinic_id and p.person_id = r.by_person
    where ${here(transaction, caseId)} ${which} order by n.number, r.revision`.execute(transaction.tables())
  return found.rows.map(row => readRevision(row, seal.openNow))
}

/** An incident by what it is called by. */
export type IncidentNumber = { readonly incidentId: IncidentId; readonly number: number }

/** The item that a record is of, and the incidents whose newest revision rests on it; null in a case without that item. */
export async function loadAroundRecord(
  transaction: Transaction,
  caseId: CaseId,
  seal: CaseSeal,
  ref: RecordRef,
): Promise<{ readonly source: TimelineSource; readonly incidents: readonly IncidentNumber[] } | null> {
  const found = await sql<SourceRow & { incidents: readonly IncidentNumber[] }>`
    select r.item_id, r.sealed, g.sealed as reading, coalesce((
      select jsonb_agg(jsonb_build_object('incidentId', n.incident_id, 'number', n.number) order by n.number)
      from unwatched.incident_record s
      join unwatched.incident n on n.clinic_id = s.clinic_id and n.case_id = s.case_id and n.incident_id = s.incident_id
      where s.clinic_id = r.clinic_id and s.case_id = r.case_id and s.item_id = r.item_id and s.ordinal = ${ref.ordinal}
        and s.revision = (select max(m.revision) from unwatched.incident_revision m where m.clinic_id = s.clinic_id
                          and m.case_id = s.case_id and m.incident_id = s.incident_id)), '[]') as incidents
    from unwatched.item r
    left join unwatched.reading g on g.clinic_id = r.clinic_id and g.case_id = r.case_id and g.item_id = r.item_id
    where ${here(transaction, caseId)} and r.item_id = ${ref.itemId}`.execute(transaction.tables())
  const [row] = found.rows
  return row ? { source: readSource(row, seal), incidents: row.incidents } : null
}

/** Adds an incident with the next number of its case. The caller holds the lock, so numbers have no gaps. */
export async function addIncident(
  transaction: Transaction,
  caseId: CaseId,
  made: { readonly incidentId: IncidentId; readonly by: PersonId; readonly formToken: string },
): Promise<number> {
  const { clinicId } = transaction.actor
  const added = await sql<Pick<Row<'incident'>, 'number'>>`
    insert into unwatched.incident (clinic_id, case_id, incident_id, number, made_at, made_by, form_token)
    select ${clinicId}, ${caseId}, ${made.incidentId}, coalesce(max(r.number), 0) + 1, ${transaction.now}, ${made.by}, ${made.formToken}
    from unwatched.incident r where ${here(transaction, caseId)} returning number`.execute(
    transaction.tables(),
  )
  return added.rows[0]?.number ?? 0
}

/** Adds a revision; the ones before it stay as they are. */
export async function addIncidentRevision(
  transaction: Transaction,
  caseId: CaseId,
  incidentId: IncidentId,
  added: {
    readonly revision: number
    readonly by: PersonId
    readonly reason: string
    readonly account: IncidentAccount
  },
  seal: CaseSeal,
): Promise<void> {
  const { clinicId } = transaction.actor
  const sealed = (name: string, text: string): Buffer =>
    text === '' ? Buffer.alloc(0) : seal.sealNow(revisionField(incidentId, added.revision, name), text)
  const { account } = added
  const { when } = account
  await sql`insert into unwatched.incident_revision (clinic_id, case_id, incident_id, revision, at, by_person, precision,
      starts_at, ends_at, zone, noticed_on, what, her_words, changed, where_coarse, told_to, told_whom,
      told_on, told_reference, shows, platform, codes, origin, reason)
    values (${clinicId}, ${caseId}, ${incidentId}, ${added.revision}, ${transaction.now}, ${added.by}, ${when.precision},
      ${when.precision === 'unknown' ? null : when.startsAt}, ${when.precision === 'between' ? when.endsAt : null},
      ${account.zone}, ${account.noticedOn}, ${sealed('what', account.what)}, ${sealed('her-words', account.clientWords)},
      ${sealed('changed', account.changed)}, ${sealed('where', account.whereCoarse)}, ${sealed('told-to', account.toldTo)},
      ${account.telling?.whom ?? ''}, ${account.telling?.on ?? null}::date,
      ${sealed('told-reference', account.telling?.reference ?? '')}, ${[...(account.shows ?? [])]}::text[],
      ${sealed('platform', account.platform)}, ${[...account.codes]}::text[],
      ${originOf(account)}, ${sealed('reason', added.reason)})`.execute(transaction.tables())
  if (account.records.length === 0) return
  await sql`insert into unwatched.incident_record (clinic_id, case_id, incident_id, revision, item_id, ordinal)
    select ${clinicId}, ${caseId}, ${incidentId}, ${added.revision}, s.item_id, s.ordinal
    from unnest(${account.records.map(ref => ref.itemId)}::uuid[], ${account.records.map(ref => ref.ordinal)}::integer[])
         as s (item_id, ordinal) on conflict do nothing`.execute(transaction.tables())
}

/** What a form answered when it was sent before, or null. */
export async function findFormAnswer(transaction: Transaction, token: string): Promise<string | null> {
  const found = await sql<{ answer: string }>`select answer from unwatched.form_once r
    where r.clinic_id = ${transaction.actor.clinicId} and r.token = ${token}`.execute(transaction.tables())
  return found.rows[0]?.answer ?? null
}

export async function saveFormAnswer(transaction: Transaction, token: string, answer: string): Promise<void> {
  await sql`insert into unwatched.form_once (clinic_id, token, at, answer)
    values (${transaction.actor.clinicId}, ${token}, ${transaction.now}, ${answer})`.execute(
    transaction.tables(),
  )
}

/** The zone a case's incidents are told in. */
export async function loadCaseZone(transaction: Transaction, caseId: CaseId): Promise<string> {
  const known = openedAtEntry(transaction, caseId)?.file
  if (known) return known.zone
  const found = await sql<
    Pick<Row<'case_file'>, 'zone'>
  >`select r.zone from unwatched.case_file r where ${here(transaction, caseId)}`.execute(transaction.tables())
  return found.rows[0]?.zone ?? 'Europe/London'
}
