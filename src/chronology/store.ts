import { sql } from 'kysely'
import { emptyReading, itemContent, itemPart, openReading, readingPart } from '../evidence/sealed-item.ts'
import { senderField } from '../evidence/sealed-record.ts'
import type { CaseId, IncidentId, ItemId, PersonId } from '../foundation/ids.ts'
import type { CaseSeal } from '../platform/case-seal.ts'
import type { Transaction } from '../platform/database.ts'
import type { Row } from '../platform/schema.ts'
import { openValue } from '../platform/seal-value.ts'
import type { CountedHour } from './counted-hour.ts'
import type { IncidentAccount } from './incident.ts'
import { originOf } from './incident.ts'
import { type RevisionRow, readRevision, revisionField, type StoredRevision } from './incident-row.ts'
import type { RecordRef } from './record.ts'
import { type BareRecord, type RecordRow, readRecord } from './record-row.ts'
import type { TimelinePlace } from './timeline.ts'

/** An item as the chronology cites it. */
export type TimelineSource = { readonly itemId: ItemId; readonly exhibitRef: string; readonly format: string }

/** What of the records to load: everything narrowed down to what the database compares. */
export type RecordQuery = {
  readonly kinds: readonly string[] | null
  /** Senders by their tokens. */
  readonly senders: readonly string[] | null
  readonly items: readonly ItemId[] | null
  readonly fromTime: string
  readonly untilTime: string
  readonly after: TimelinePlace
  readonly atMost: number
  /** Texts from their first to their last character; the timeline shows only how they begin. */
  readonly whole?: boolean
}

export type TallyQuery = Pick<RecordQuery, 'kinds' | 'senders' | 'items' | 'fromTime' | 'untilTime'>

/** The columns of a record, as `record-row.ts` reads them. */
export const recordColumns = sql`r.item_id, r.ordinal, r.kind, r.sent_at, r.sent_local, r.zone, r.zone_how, r.precision, r.marks,
  r.sealed, r.same_as_item, r.same_as_ordinal, r.timeline_time`
const here = (transaction: Transaction, caseId: CaseId) =>
  sql`r.clinic_id = ${transaction.actor.clinicId} and r.case_id = ${caseId}`
const clock = sql`r.timeline_time`

/** The items of a case with what they were read as. */
export async function loadTimelineItems(
  transaction: Transaction,
  caseId: CaseId,
  seal: CaseSeal,
): Promise<readonly TimelineSource[]> {
  const found = await sql<Pick<Row<'item'>, 'item_id' | 'sealed'> & { reading: Buffer | null }>`
    select r.item_id, r.sealed, g.sealed as reading
    from unwatched.item r
    left join unwatched.reading g on g.clinic_id = r.clinic_id and g.case_id = r.case_id and g.item_id = r.item_id
    where ${here(transaction, caseId)} order by r.received_at, r.item_id`.execute(transaction.tables())
  return found.rows.map(({ item_id: itemId, sealed, reading }) => {
    const { exhibitRef, kind } = itemContent.parse(openValue(seal, itemPart(itemId).field, sealed))
    const { format } = reading
      ? openReading(openValue(seal, readingPart(itemId).field, reading))
      : emptyReading
    return { itemId, exhibitRef, format: format === '' ? kind : format }
  })
}

/** One stretch of the timeline, in its order. */
export async function loadRecords(
  transaction: Transaction,
  caseId: CaseId,
  seal: CaseSeal,
  query: RecordQuery,
): Promise<readonly BareRecord[]> {
  const found = await sql<RecordRow>`${stretchOf(transaction, caseId, query)}`.execute(transaction.tables())
  return found.rows.map(row => readRecord(row, seal.openNow, query.whole ?? false))
}

function stretchOf(transaction: Transaction, caseId: CaseId, query: RecordQuery) {
  const { kinds, senders, items, after } = query
  return sql`select ${recordColumns} from unwatched.record r
    where ${here(transaction, caseId)}
      and (${clock}, r.item_id, r.ordinal) > (${after.clock}::timestamp, ${after.id}::uuid, ${after.ordinal})
      and ${clock} >= ${query.fromTime}::timestamp and ${clock} <= ${query.untilTime}::timestamp
      ${kinds ? sql`and r.kind = any (${[...kinds]}::text[])` : sql``}
      ${senders ? sql`and r.sender_key = any (${[...senders]}::bigint[])` : sql``}
      ${items ? sql`and r.item_id = any (${[...items]}::uuid[])` : sql``}
    order by ${clock}, r.item_id, r.ordinal limit ${query.atMost}`
}

/** A stretch of the timeline, and whether it ends before it is as long as was asked for because its texts are long. */
export type Stretch = { readonly records: readonly BareRecord[]; readonly isCut: boolean }

/** So many bytes, sealed, are opened for one page; the record that passes it is still among them. */
const pageBytes = 4 * 1024 * 1024

/** Leaves out what follows once the records together are long: a page of messages of a megabyte each has few of them. */
const withinPage = (rows: ReturnType<typeof sql>) => sql`
  select * from (select p.*, count(*) over () as many,
      sum(octet_length(p.sealed)) over (order by p.timeline_time, p.item_id, p.ordinal rows unbounded preceding)
        - octet_length(p.sealed) as bytes_before
    from (${rows}) p) b
  where b.bytes_before < ${pageBytes} order by b.timeline_time, b.item_id, b.ordinal`

const asStretch = (
  rows: readonly (RecordRow & { readonly many: number })[],
  read: (row: RecordRow) => BareRecord,
): Stretch => ({ records: rows.map(read), isCut: rows.length < (rows[0]?.many ?? 0) })

/** One page of the timeline at most, in its order, within a bound of memory. */
export async function loadStretch(
  transaction: Transaction,
  caseId: CaseId,
  seal: CaseSeal,
  query: RecordQuery,
): Promise<Stretch> {
  const found = await sql<
    RecordRow & { many: number }
  >`${withinPage(stretchOf(transaction, caseId, query))}`.execute(transaction.tables())
  return asStretch(found.rows, row => readRecord(row, seal.openNow, query.whole ?? false))
}

/** The same for tokens of words: matched past row security by a function that repeats the policy's check. */
export async function searchRecords(
  transaction: Transaction,
  caseId: CaseId,
  seal: CaseSeal,
  tokens: { readonly all: readonly string[]; readonly none: readonly string[] },
  query: RecordQuery,
): Promise<Stretch> {
  const { kinds, senders, items, after } = query
  const rows = sql`
    select ${recordColumns}
    from unwatched.search_records(${caseId}, ${[...tokens.all]}::bigint[], ${[...tokens.none]}::bigint[],
      ${kinds ? [...kinds] : null}::text[], ${senders ? [...senders] : null}::bigint[],
      ${items ? [...items] : null}::uuid[], ${query.fromTime}::timestamp, ${query.untilTime}::timestamp,
      ${after.clock}::timestamp, ${after.id}::uuid, ${after.ordinal}, ${query.atMost}) r
    order by ${clock}, r.item_id, r.ordinal`
  const found = await sql<RecordRow & { many: number }>`${withinPage(rows)}`.execute(transaction.tables())
  return asStretch(found.rows, row => readRecord(row, seal.openNow, query.whole ?? false))
}

/** Records by reference, whole, in the order of the timeline. Those that are not in the case are left out. */
export async function loadRecordsByRef(
  transaction: Transaction,
  caseId: CaseId,
  seal: CaseSeal,
  refs: readonly RecordRef[],
): Promise<readonly (BareRecord & { readonly raw: string | null })[]> {
  if (refs.length === 0) return []
  const found = await sql<RecordRow>`
    select ${recordColumns}
    from unnest(${refs.map(ref => ref.itemId)}::uuid[], ${refs.map(ref => ref.ordinal)}::integer[]) as s (item_id, ordinal)
    cross join lateral (select r.* from unwatched.record r where ${here(transaction, caseId)}
      and r.item_id = s.item_id and r.ordinal = s.ordinal offset 0) r
    order by ${clock}, r.item_id, r.ordinal`.execute(transaction.tables())
  return found.rows.map(row => readRecord(row, seal.openNow, true))
}

/** Counts for the pictures: one row a week at its Monday, and one row for each hour of the week that has any. */
export async function loadCounts(
  transaction: Transaction,
  caseId: CaseId,
  query: TallyQuery,
): Promise<{ readonly byWeek: readonly CountedHour[]; readonly byHourOfWeek: readonly CountedHour[] }> {
  const { kinds, senders, items } = query
  const chosen = sql`${here(transaction, caseId)}
      ${kinds ? sql`and r.kind = any (${[...kinds]}::text[])` : sql``}
      ${senders ? sql`and r.sender_key = any (${[...senders]}::bigint[])` : sql``}
      ${items ? sql`and r.item_id = any (${[...items]}::uuid[])` : sql``}`
  const found = await (query.fromTime === '-infinity' && query.untilTime.startsWith('9999-12-31')
    ? sql<CountedHour & { is_week: boolean }>`
    select r.span = 'week' as is_week, min(r.at) as hour, sum(r.counted)::integer as counted
    from unwatched.record_summary r where ${chosen}
    group by r.span, case when r.span = 'week' then r.at end, extract(isodow from r.at), extract(hour from r.at)`
    : sql<CountedHour & { is_week: boolean }>`
    select grouping(date_trunc('week', r.hour)) = 0 as is_week, coalesce(date_trunc('week', r.hour), min(r.hour)) as hour,
           sum(r.counted)::integer as counted
    from unwatched.record_tally r
    where ${chosen}
      and (r.hour is null or r.hour between ${query.fromTime}::timestamp and ${query.untilTime}::timestamp)
    group by grouping sets ((date_trunc('week', r.hour)), (extract(isodow from r.hour), extract(hour from r.hour)))`
  ).execute(transaction.tables())
  return {
    byWeek: found.rows.filter(row => row.is_week),
    byHourOfWeek: found.rows.filter(row => !row.is_week),
  }
}

/** Everybody the sources name as a sender, the busiest first, each with the token that stands for the name. */
export async function loadSenders(
  transaction: Transaction,
  caseId: CaseId,
  seal: CaseSeal,
): Promise<readonly { readonly senderKey: string; readonly sender: string; readonly counted: number }[]> {
  const found = await sql<Pick<Row<'record_sender'>, 'sealed'> & { sender_key: string; counted: number }>`
    select c.sender_key::text, r.sealed, c.counted
    from (select r.sender_key, sum(r.counted)::integer as counted from unwatched.record_summary r
          where ${here(transaction, caseId)} and r.span = 'week' and r.sender_key is not null
          group by r.sender_key order by 2 desc limit 500) c
    join unwatched.record_sender r on ${here(transaction, caseId)} and r.sender_key = c.sender_key`.execute(
    transaction.tables(),
  )
  return found.rows
    .map(row => ({
      senderKey: row.sender_key,
      sender: seal.openNow(senderField(row.sender_key), row.sealed),
      counted: row.counted,
    }))
    .sort((one, other) => other.counted - one.counted || (one.sender < other.sender ? -1 : 1))
}

/** Revisions of the incidents of a case: the newest of each, or all of one, oldest first. */
export async function loadRevisions(
  transaction: Transaction,
  caseId: CaseId,
  seal: CaseSeal,
  which: 'newest' | IncidentId,
): Promise<readonly StoredRevision[]> {
  const found = await sql<RevisionRow>`
    select n.number, p.name as by_name, r.*, coalesce((
        select jsonb_agg(jsonb_build_object('itemId', s.item_id, 'ordinal', s.ordinal, 'senderKey', c.sender_key::text)
                         order by c.sent_local, s.item_id, s.ordinal)
        from unwatched.incident_record s
        left join unwatched.record c on c.clinic_id = s.clinic_id and c.case_id = s.case_id
          and c.item_id = s.item_id and c.ordinal = s.ordinal
        where s.clinic_id = r.clinic_id and s.case_id = r.case_id and s.incident_id = r.incident_id and s.revision = r.revision),
        '[]') as records
    from unwatched.incident n
    join unwatched.incident_revision r on r.clinic_id = n.clinic_id and r.case_id = n.case_id and r.incident_id = n.incident_id
    left join unwatched.person p on p.clinic_id = r.clinic_id and p.person_id = r.by_person
    where ${here(transaction, caseId)} ${
      which === 'newest'
        ? sql`and r.revision = (select max(m.revision) from unwatched.incident_revision m where m.clinic_id = r.clinic_id
                                and m.case_id = r.case_id and m.incident_id = r.incident_id)`
        : sql`and r.incident_id = ${which}`
    } order by n.number, r.revision`.execute(transaction.tables())
  const names = new Map<string, string>()
  const keys = found.rows.flatMap(row => row.records.flatMap(each => each.senderKey ?? []))
  if (keys.length > 0) {
    const senders = await sql<Pick<Row<'record_sender'>, 'sealed'> & { sender_key: string }>`
      select r.sender_key::text, r.sealed from unwatched.record_sender r
      where ${here(transaction, caseId)} and r.sender_key = any (${[...new Set(keys)]}::bigint[])`.execute(
      transaction.tables(),
    )
    for (const row of senders.rows)
      names.set(row.sender_key, seal.openNow(senderField(row.sender_key), row.sealed))
  }
  return found.rows.map(row => readRevision(row, seal.openNow, token => names.get(token) ?? ''))
}

/** The incidents whose newest revision rests on a record. */
export async function loadIncidentsOfRecord(
  transaction: Transaction,
  caseId: CaseId,
  ref: RecordRef,
): Promise<readonly { readonly incidentId: IncidentId; readonly number: number }[]> {
  const found = await sql<Pick<Row<'incident'>, 'incident_id' | 'number'>>`
    select n.incident_id, n.number from unwatched.incident_record r
    join unwatched.incident n on n.clinic_id = r.clinic_id and n.case_id = r.case_id and n.incident_id = r.incident_id
    where ${here(transaction, caseId)} and r.item_id = ${ref.itemId} and r.ordinal = ${ref.ordinal}
      and r.revision = (select max(m.revision) from unwatched.incident_revision m where m.clinic_id = r.clinic_id
                        and m.case_id = r.case_id and m.incident_id = r.incident_id)
    order by n.number`.execute(transaction.tables())
  return found.rows.map(row => ({ incidentId: row.incident_id, number: row.number }))
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
  const found = await sql<
    Pick<Row<'case_file'>, 'zone'>
  >`select r.zone from unwatched.case_file r where ${here(transaction, caseId)}`.execute(transaction.tables())
  return found.rows[0]?.zone ?? 'Europe/London'
}
