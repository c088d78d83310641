import { sql } from 'kysely'
import type { CaseId, PersonId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import type { LeakBookChange, LeakRevisionLine } from './leak-change.ts'

/** The newest revision of the days, or the newest up to a number; null when there is none. */
export async function loadLeakRevision(
  transaction: Transaction,
  caseId: CaseId,
  upTo?: number,
): Promise<{ readonly revision: number; readonly sealed: Buffer } | null> {
  const found = await sql<{ revision: number; sealed: Buffer }>`
    select l.revision, l.sealed from unwatched.leak_book l
    where l.clinic_id = ${transaction.actor.clinicId} and l.case_id = ${caseId}
      ${upTo === undefined ? sql`` : sql`and l.revision <= ${upTo}`}
    order by l.revision desc limit 1`.execute(transaction.tables())
  return found.rows[0] ?? null
}

/** Waits for whoever else is changing this case's days, until the transaction ends. */
export async function takeLeakTurn(transaction: Transaction, caseId: CaseId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`leak-book ${transaction.actor.clinicId} ${caseId}`}, 0))`.execute(
    transaction.tables(),
  )
}

export async function addLeakRevision(
  transaction: Transaction,
  caseId: CaseId,
  by: PersonId,
  row: { readonly revision: number; readonly change: LeakBookChange; readonly sealed: Buffer },
): Promise<void> {
  await sql`insert into unwatched.leak_book (clinic_id, case_id, revision, at, by_person, change, sealed)
    values (${transaction.actor.clinicId}, ${caseId}, ${row.revision}, ${transaction.now}, ${by}, ${row.change},
            ${row.sealed})`.execute(transaction.tables())
}

/** Every revision of the days, the newest first. */
export async function loadLeakRevisionLines(
  transaction: Transaction,
  caseId: CaseId,
): Promise<readonly LeakRevisionLine[]> {
  const found = await sql<{ revision: number; at: Date; name: string; change: LeakBookChange }>`
    select l.revision, l.at, p.name, l.change from unwatched.leak_book l
    join unwatched.person p on p.clinic_id = l.clinic_id and p.person_id = l.by_person
    where l.clinic_id = ${transaction.actor.clinicId} and l.case_id = ${caseId}
    order by l.revision desc limit 500`.execute(transaction.tables())
  return found.rows.map(row => ({ revision: row.revision, at: row.at, byName: row.name, change: row.change }))
}
