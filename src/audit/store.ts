import { sql } from 'kysely'
import { type CaseMode, type CasePart, caseParts } from '../foundation/case-part.ts'
import type { CaseId } from '../foundation/ids.ts'
import { type Transaction, taskOf } from '../platform/database.ts'
import type { Act, ActOfClinic, CountedActs, RecordedAct, TrailPage } from './act.ts'
import { doneByItself } from './by-itself.ts'

type AuditTables = {
  act: {
    clinic_id: string
    at: Date
    person_id: string | null
    agency_id: string | null
    task: string | null
    verb: string
    case_id: string | null
    part: string | null
    subject: string | null
    detail: string
  }
}

/** Adds an act; there is no way to change or remove one. */
export async function addAct(transaction: Transaction, act: Act): Promise<void> {
  const { actor } = transaction
  await transaction
    .tables<AuditTables>()
    .insertInto('act')
    .values({
      clinic_id: actor.clinicId,
      at: transaction.now,
      person_id: actor.kind === 'person' ? actor.personId : null,
      agency_id: sql<string>`unwatched.agency_now()`,
      task: taskOf(actor) || null,
      verb: act.verb,
      case_id: act.caseId ?? null,
      part: act.part ?? null,
      subject: act.subject ?? null,
      detail: JSON.stringify(act.detail ?? {}),
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
  return answer.rows[0]?.opened ?? false
}

/** Acts of a case that is open for its trail, the newest first: of people, or of what the program did by itself. */
export async function loadTrail(
  transaction: Transaction,
  caseId: CaseId,
  page: TrailPage,
): Promise<readonly RecordedAct[]> {
  const found = await sql<{
    act_id: number
    xid: string
    at: Date
    person: string | null
    agency: string | null
    task: string | null
    verb: string
    part: string | null
    subject: string | null
    detail: unknown
    set_up_anew_at: Date | null
  }>`
    select a.act_id, a.xid::text as xid, a.at, coalesce(p.name, unwatched.name_for_client(a.case_id, a.person_id)) as person, g.name as agency, a.task, a.verb, a.part, a.subject, a.detail, a.set_up_anew_at
    from unwatched.act a
    left join unwatched.person p on p.clinic_id = a.clinic_id and p.person_id = a.person_id
    left join unwatched.agency g on g.clinic_id = a.clinic_id and g.agency_id = a.agency_id
    where a.clinic_id = ${transaction.actor.clinicId} and a.case_id = ${caseId}
      and (coalesce(a.task, '') = any (${[...doneByItself]}::text[])) = ${page.by === 'program'}
      ${page.before === null ? sql`` : sql`and a.act_id < ${page.before}`}
    order by a.act_id desc limit ${page.atMost}`.execute(transaction.tables())
  return found.rows.map(row => ({
    actId: row.act_id,
    inOneGo: row.xid,
    at: row.at,
    personName: row.person,
    agencyName: row.agency,
    task: row.task,
    verb: row.verb,
    part: row.part,
    subject: row.subject,
    detail: row.detail,
    setUpAnewAt: row.set_up_anew_at,
  }))
}

/** What the program did by itself in a case that is open for its trail, counted by kind, the latest first. */
export async function countByItself(
  transaction: Transaction,
  caseId: CaseId,
): Promise<readonly CountedActs[]> {
  const found = await sql<CountedActs>`
    select a.task, a.verb, a.part, count(*)::int as times, min(a.at) as "firstAt", max(a.at) as "lastAt"
    from unwatched.act a
    where a.clinic_id = ${transaction.actor.clinicId} and a.case_id = ${caseId}
      and a.task = any (${[...doneByItself]}::text[])
    group by a.task, a.verb, a.part
    order by max(a.act_id) desc`.execute(transaction.tables())
  return found.rows
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
): Promise<readonly ActOfClinic[]> {
  const found = await sql<ActOfClinic>`
    select act_id as "actId", at, person as "personName", task, verb, subject as "subjectName", role, job, set_up_anew_at as "setUpAnewAt"
    from unwatched.acts_of_clinic(${page.before}, ${page.withSignIns}, ${page.atMost})`.execute(
    transaction.tables(),
  )
  return found.rows
}

/**
 * Opens a further part of a case that is open in this transaction, and records it as shown beside what was asked for.
 * Answers false, recording nothing, where the person acting may not see that part.
 */
export async function openBesideRow(
  transaction: Transaction,
  caseId: CaseId,
  part: CasePart,
  mode: CaseMode,
): Promise<boolean> {
  const answer = await sql<{ opened: boolean }>`
    select unwatched.open_beside(${caseId}, ${part}, ${mode}) as opened`.execute(transaction.tables())
  return answer.rows[0]?.opened ?? false
}

/** Every part of a case that the person acting may see or change now, without a look at any. */
export async function loadPartsInSight(
  transaction: Transaction,
  caseId: CaseId,
): Promise<readonly { readonly part: string; readonly mode: string }[]> {
  const found = await sql<{ part: string; mode: string }>`
    select part, mode from unwatched.parts_in_sight(${caseId}, ${[...caseParts]}::text[])`.execute(
    transaction.tables(),
  )
  return found.rows
}
