import { sql } from 'kysely'
import type { CaseId, PersonId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import type { Row } from '../platform/schema.ts'
import type { RevisionLine } from './revision-line.ts'

const rowsOf = (table: string) => sql.table(`unwatched.${table}`)

/** The newest revision that a table holds of a case, or the newest up to a number; null when there is none. */
export async function loadRevision(
  transaction: Transaction,
  table: string,
  caseId: CaseId,
  upTo?: number,
): Promise<{ readonly revision: number; readonly sealed: Buffer } | null> {
  const found = await sql<{ revision: number; sealed: Buffer }>`
    select r.revision, r.sealed from ${rowsOf(table)} r
    where r.clinic_id = ${transaction.actor.clinicId} and r.case_id = ${caseId}
      ${upTo === undefined ? sql`` : sql`and r.revision <= ${upTo}`}
    order by r.revision desc limit 1`.execute(transaction.tables())
  return found.rows[0] ?? null
}

/** Adds a revision; `open` is what the table keeps of it in the open besides, by column. */
export async function addRevision(
  transaction: Transaction,
  table: string,
  caseId: CaseId,
  by: PersonId,
  row: { readonly revision: number; readonly change: string; readonly sealed: Buffer },
  open: Readonly<Record<string, unknown>>,
): Promise<void> {
  const values = {
    clinic_id: transaction.actor.clinicId,
    case_id: caseId,
    revision: row.revision,
    at: transaction.now,
    by_person: by,
    change: row.change,
    sealed: row.sealed,
    ...open,
  }
  await sql`insert into ${rowsOf(table)} (${sql.join(Object.keys(values).map(name => sql.ref(name)))})
    values (${sql.join(Object.values(values))})`.execute(transaction.tables())
}

/**
 * Revisions that a table holds of a case, the newest first, from a number downwards, and the number of the newest: they
 * are numbered from 1 without a gap, so that this is how many there are.
 */
export async function loadRevisionLines<Change extends string>(
  transaction: Transaction,
  table: string,
  caseId: CaseId,
  { skipped, atMost }: { readonly skipped: number; readonly atMost: number },
): Promise<{ readonly lines: readonly RevisionLine<Change>[]; readonly many: number }> {
  const found = await sql<
    { many: number } & {
      [Name in keyof Line<Change>]: Line<Change>[Name] | null
    }
  >`
    select n.many, l.revision, l.at, l.name, l.change
    from (select coalesce(max(m.revision), 0) as many from ${rowsOf(table)} m
          where m.clinic_id = ${transaction.actor.clinicId} and m.case_id = ${caseId}) n
    left join lateral (
      select r.revision, r.at, p.name, r.change from ${rowsOf(table)} r
      join unwatched.person p on p.clinic_id = r.clinic_id and p.person_id = r.by_person
      where r.clinic_id = ${transaction.actor.clinicId} and r.case_id = ${caseId} and r.revision <= n.many - ${skipped}::integer
      order by r.revision desc limit ${atMost}) l on true
    order by l.revision desc`.execute(transaction.tables())
  const lines = found.rows.flatMap(({ revision, at, name, change }) =>
    revision === null || at === null || name === null || change === null
      ? []
      : [{ revision, at, byName: name, change }],
  )
  return { lines, many: found.rows[0]?.many ?? 0 }
}

/** One of them, by its number; null where there is none of it. */
export async function loadRevisionLine<Change extends string>(
  transaction: Transaction,
  table: string,
  caseId: CaseId,
  revision: number,
): Promise<RevisionLine<Change> | null> {
  const found = await sql<Line<Change>>`
    select r.revision, r.at, p.name, r.change from ${rowsOf(table)} r
    join unwatched.person p on p.clinic_id = r.clinic_id and p.person_id = r.by_person
    where r.clinic_id = ${transaction.actor.clinicId} and r.case_id = ${caseId} and r.revision = ${revision}`.execute(
    transaction.tables(),
  )
  const [row] = found.rows
  return row ? { revision: row.revision, at: row.at, byName: row.name, change: row.change } : null
}

type Line<Change> = {
  readonly revision: number
  readonly at: Date
  readonly name: Row<'person'>['name']
  readonly change: Change
}
