import { type RawBuilder, sql } from 'kysely'
import { type CaseMode, type CasePart, caseParts } from '../foundation/case-part.ts'
import type { AgencyId, CaseId, ClinicId } from '../foundation/ids.ts'
import { readWord } from '../foundation/of-another-version.ts'
import { mostCounted } from '../foundation/page-of-list.ts'
import { type Transaction, taskOf } from '../platform/database.ts'
import { Fault } from '../platform/fault.ts'
import { noteOpenedForChange } from '../platform/opened-for-change.ts'
import type { Row, Tables } from '../platform/schema.ts'
import { openBody, sealBody } from '../platform/seal-body.ts'
import type {
  Act,
  ActOfClinic,
  CountedActs,
  CountedByItself,
  RecordedAct,
  TrailFilter,
  TrailPage,
} from './act.ts'
import { recordedTasks } from './recorded-task.ts'
import { verbsListedOfClinic, verbsOfCase } from './verb.ts'

type AuditTables = Pick<Tables, 'act'>

export type ActPlace = { readonly caseId: string; readonly verb: string; readonly subject: string | null }

/** In bytes: more than what most acts say beyond who, what and when. */
const detailSize = 256
const placeOf = (clinicId: ClinicId, { caseId, verb, subject }: ActPlace) => ({
  clinicId,
  kind: 'act',
  id: `${caseId} ${verb} ${subject ?? ''}`,
})

/** Seals what an act in a case says beyond who did what and when (S8). */
export function sealDetail(
  holder: ActKeyHolder,
  place: ActPlace,
  detail: Readonly<Record<string, unknown>>,
): Buffer {
  return sealBody(holder.clinicKey(), placeOf(holder.actor.clinicId, place), detail, detailSize)
}

export type ActKeyHolder = Pick<Transaction, 'clinicKey'> & {
  readonly actor: { readonly clinicId: ClinicId }
}

/** Adds an act, with what it says of a case sealed; there is no way to change or remove one. */
export async function addAct(transaction: Transaction, act: Act): Promise<void> {
  const { actor } = transaction
  const { caseId, verb, subject = null, detail = {} } = act
  // An act about the clinic itself is read by the database (acts_of_clinic), and names no case.
  const isSealed = caseId !== undefined && Object.keys(detail).length > 0
  await transaction
    .tables<AuditTables>()
    .insertInto('act')
    .values({
      clinic_id: actor.clinicId,
      at: transaction.now,
      person_id: actor.kind === 'person' ? actor.personId : null,
      agency_id: sql<AgencyId | null>`unwatched.agency_now()`,
      task: taskOf(actor) || null,
      verb,
      case_id: caseId ?? null,
      part: act.part ?? null,
      subject,
      detail: JSON.stringify(isSealed ? {} : detail),
      sealed: isSealed ? sealDetail(transaction, { caseId, verb, subject }, detail) : null,
    })
    .execute()
}

/**
 * Opens a case for this transaction; the database writes the act of opening, or of the refusal. `again` for the rest of a
 * visit that opened it before.
 */
export async function openCaseRow(
  transaction: Transaction,
  caseId: CaseId,
  part: CasePart,
  mode: CaseMode,
  again = false,
): Promise<boolean> {
  const door = sql.raw(again ? 'open_again' : 'open_case')
  const answer = await sql<{ opened: boolean }>`
    select unwatched.${door}(${caseId}, ${part}, ${mode}) as opened`.execute(transaction.tables())
  return noteOpened(transaction, caseId, mode, answer.rows[0]?.opened ?? false)
}

/**
 * The acts of one trail, the newest first and no more than so many of each: those of the case, and for staff those of the
 * companion that its second phrase opens, without what was copied there from the case.
 */
const newestActs = (
  transaction: Transaction,
  caseId: CaseId,
  { by, without = [] }: TrailFilter,
  { before = null, atMost }: { readonly before?: number | null; readonly atMost: number },
) => {
  const of = (trail: RawBuilder<unknown>) => sql`(select a.* from unwatched.act a
    where a.clinic_id = ${transaction.actor.clinicId} and a.case_id = ${trail} and a.by_itself = ${by === 'program'}
      and a.verb <> all (${[...without]}::text[]) ${before === null ? sql`` : sql`and a.act_id < ${before}`}
    order by a.act_id desc limit ${atMost})`
  return sql`(select n.* from (${of(sql`${caseId}::uuid`)} union all
      ${of(sql`(select unwatched.companion_of(${caseId})) and not a.is_copy`)}) n order by n.act_id desc limit ${atMost})`
}

/** Acts of a case that is open for its trail, the newest first: of people, or of what the program did by itself. */
export async function loadTrail(
  transaction: Transaction,
  caseId: CaseId,
  page: TrailPage,
): Promise<readonly RecordedAct[]> {
  const found = await sql<
    Pick<
      Row<'act'>,
      'act_id' | 'at' | 'task' | 'verb' | 'part' | 'subject' | 'detail' | 'sealed' | 'set_up_again_at'
    > & { xid: string; person: string | null; agency: string | null; case_id: CaseId }
  >`
    with page as materialized (select * from ${newestActs(transaction, caseId, page, page)} n),
    for_client as materialized (select * from unwatched.names_for_client(${caseId}, (select array_agg(n.act_id) from page n)))
    select a.act_id, a.xid::text as xid, a.at, coalesce(p.name, c.name) as person, g.name as agency, a.task, a.verb, a.part,
      a.subject, a.detail, a.sealed, a.case_id, a.set_up_again_at
    from page a
    left join unwatched.person p on p.clinic_id = a.clinic_id and p.person_id = a.person_id
    left join for_client c on c.act_id = a.act_id
    left join unwatched.agency g on g.clinic_id = a.clinic_id and g.agency_id = a.agency_id
    order by a.act_id desc`.execute(transaction.tables())
  return found.rows.map(row => ({
    actId: row.act_id,
    inOneGo: row.xid,
    at: row.at,
    personName: row.person,
    agencyName: row.agency,
    task: row.task === null ? null : readWord(recordedTasks, row.task),
    verb: readWord(verbsOfCase, row.verb),
    part: row.part === null ? null : readWord(caseParts, row.part),
    subject: row.subject,
    detail: row.sealed
      ? openBody(
          transaction.clinicKey(),
          placeOf(transaction.actor.clinicId, { ...row, caseId: row.case_id }),
          row.sealed,
        )
      : row.detail,
    isOfCompanion: row.case_id !== caseId,
    setUpAgainAt: row.set_up_again_at,
  }))
}

/**
 * What the program did by itself in a case that is open for its trail, counted by kind, the latest first: of the newest
 * acts, as many as a list counts. `isMore` where there are older ones besides.
 */
export async function countByItself(transaction: Transaction, caseId: CaseId): Promise<CountedByItself> {
  type CountedRow = Pick<CountedActs, 'times' | 'firstAt' | 'lastAt'> &
    Record<'task' | 'verb', string> & {
      readonly part: string | null
      readonly counted: number
    }
  const newest = newestActs(transaction, caseId, { by: 'program' }, { atMost: mostCounted + 1 })
  const found = await sql<CountedRow>`
    with newest as materialized (select n.*, row_number() over (order by n.act_id desc) as place from ${newest} n)
    select a.task, a.verb, a.part, count(*)::int as times, min(a.at) as "firstAt", max(a.at) as "lastAt",
      (select count(*)::int from newest) as counted
    from newest a where a.place <= ${mostCounted}
    group by a.task, a.verb, a.part
    order by max(a.act_id) desc`.execute(transaction.tables())
  return {
    isMore: (found.rows[0]?.counted ?? 0) > mostCounted,
    kinds: found.rows.map(({ counted: _counted, ...row }) => ({
      ...row,
      task: readWord(recordedTasks, row.task),
      verb: readWord(verbsOfCase, row.verb),
      part: row.part === null ? null : readWord(caseParts, row.part),
    })),
  }
}

/** Whether the person acting may see this part of this case now (rule S5, asked of the database). */
export async function isInSight(
  transaction: Transaction,
  caseId: CaseId,
  part: CasePart,
  mode: CaseMode,
): Promise<boolean> {
  const answer = await sql<{ seen: boolean }>`
    select unwatched.sees_case(${caseId}, ${part}, ${mode}) as seen`.execute(transaction.tables())
  return answer.rows[0]?.seen ?? false
}

/** What was done about the clinic itself, the newest first; only for those the database lets see it. */
export async function loadActsOfClinic(
  transaction: Transaction,
  page: { readonly before: number | null; readonly withSignIns: boolean; readonly atMost: number },
): Promise<{ readonly acts: readonly ActOfClinic[]; readonly counted: number }> {
  type ClinicRow = Omit<ActOfClinic, 'task' | 'verb'> & {
    readonly counted: number
    readonly task: string | null
    readonly verb: string
  }
  const found = await sql<ClinicRow>`
    select act_id as "actId", at, person as "personName", task, verb, subject as "subjectName", role, job, set_up_again_at as "setUpAgainAt", counted
    from unwatched.acts_of_clinic(${page.before}, ${page.withSignIns}, ${page.atMost})`.execute(
    transaction.tables(),
  )
  const acts = found.rows.map(({ counted: _counted, ...row }) => ({
    ...row,
    task: row.task === null ? null : readWord(recordedTasks, row.task),
    verb: readWord(verbsListedOfClinic, row.verb),
  }))
  return { acts, counted: found.rows[0]?.counted ?? 0 }
}

/** How many acts a trail has, up to one more than are counted. */
export async function countTrail(
  transaction: Transaction,
  caseId: CaseId,
  filter: TrailFilter,
): Promise<number> {
  const found = await sql<{ counted: number }>`select count(*)::int as counted from (
    select 1 from ${newestActs(transaction, caseId, filter, { atMost: mostCounted + 1 })} a) c`.execute(
    transaction.tables(),
  )
  return found.rows[0]?.counted ?? 0
}

/**
 * Opens a further part of a case that is open in this transaction, and records it as shown beside what was asked for.
 * Returns false, recording nothing, where the person acting may not see that part.
 */
export async function openBesideRow(
  transaction: Transaction,
  caseId: CaseId,
  part: CasePart,
  mode: CaseMode,
): Promise<boolean> {
  const answer = await sql<{ opened: boolean }>`
    select unwatched.open_beside(${caseId}, ${part}, ${mode}) as opened`.execute(transaction.tables())
  return noteOpened(transaction, caseId, mode, answer.rows[0]?.opened ?? false)
}

function noteOpened(transaction: Transaction, caseId: CaseId, mode: CaseMode, isOpened: boolean): boolean {
  if (isOpened && mode === 'write') noteOpenedForChange(transaction, caseId)
  return isOpened
}

/** Where a page of a trail begins, as it stands in an address: an act of this case, sealed, so that its number tells nothing. */
export function sealPlaceInTrail(holder: ActKeyHolder, caseId: CaseId, actId: number): string {
  return sealBody(holder.clinicKey(), trailPlace(holder, caseId), actId, placeSize).toString('base64url')
}

/** The act that `sealPlaceInTrail` sealed; null for anything else, and for a place in the trail of another case. */
export function openPlaceInTrail(holder: ActKeyHolder, caseId: CaseId, place: string): number | null {
  try {
    const actId = openBody(holder.clinicKey(), trailPlace(holder, caseId), Buffer.from(place, 'base64url'))
    return typeof actId === 'number' ? actId : null
  } catch (cause) {
    if (cause instanceof Fault) return null
    throw cause
  }
}

/** In bytes: more than the number of any act takes. */
const placeSize = 32
const trailPlace = ({ actor: { clinicId } }: ActKeyHolder, caseId: CaseId) => ({
  clinicId,
  kind: 'trail-place',
  id: caseId,
})
