import { sql } from 'kysely'
import type { CaseId, PersonId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import type { MapChange } from './inventory-change.ts'

/** One revision as it is listed; what it says stays sealed. */
export type RevisionLine = {
  readonly revision: number
  readonly at: Date
  readonly byName: string
  readonly change: MapChange
}

/** The newest revision, or the newest of those made before an instant; null when there is none. */
export async function loadRevision(
  transaction: Transaction,
  caseId: CaseId,
  upTo?: number,
): Promise<{ readonly revision: number; readonly sealed: Buffer } | null> {
  const found = await sql<{ revision: number; sealed: Buffer }>`
    select m.revision, m.sealed from unwatched.access_map m
    where m.clinic_id = ${transaction.actor.clinicId} and m.case_id = ${caseId}
      ${upTo === undefined ? sql`` : sql`and m.revision <= ${upTo}`}
    order by m.revision desc limit 1`.execute(transaction.tables())
  return found.rows[0] ?? null
}

/** Waits for whoever else is changing this case's map, until the transaction ends. */
export async function takeMapTurn(transaction: Transaction, caseId: CaseId): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`access-map ${transaction.actor.clinicId} ${caseId}`}, 0))`.execute(
    transaction.tables(),
  )
}

export async function addRevision(
  transaction: Transaction,
  caseId: CaseId,
  by: PersonId,
  row: { readonly revision: number; readonly change: MapChange; readonly sealed: Buffer },
): Promise<void> {
  await sql`insert into unwatched.access_map (clinic_id, case_id, revision, at, by_person, change, sealed)
    values (${transaction.actor.clinicId}, ${caseId}, ${row.revision}, ${transaction.now}, ${by}, ${row.change},
            ${row.sealed})`.execute(transaction.tables())
}

/** Every revision, the newest first. */
export async function loadRevisionLines(
  transaction: Transaction,
  caseId: CaseId,
): Promise<readonly RevisionLine[]> {
  const found = await sql<{ revision: number; at: Date; name: string; change: MapChange }>`
    select m.revision, m.at, p.name, m.change from unwatched.access_map m
    join unwatched.person p on p.clinic_id = m.clinic_id and p.person_id = m.by_person
    where m.clinic_id = ${transaction.actor.clinicId} and m.case_id = ${caseId}
    order by m.revision desc limit 500`.execute(transaction.tables())
  return found.rows.map(row => ({ revision: row.revision, at: row.at, byName: row.name, change: row.change }))
}

/** What was done in a revision of the lock-out plan, as it is kept in the open. */
export type LockOutLine = {
  readonly revision: number
  readonly change: string
  readonly cards: Readonly<Record<string, string>>
  readonly sealed: Buffer
}

/** The newest revision of the lock-out plan; null while none was chosen. */
export async function loadLockOutRevision(
  transaction: Transaction,
  caseId: CaseId,
): Promise<{ readonly revision: number; readonly sealed: Buffer } | null> {
  const found = await sql<{ revision: number; sealed: Buffer }>`
    select l.revision, l.sealed from unwatched.lock_out l
    where l.clinic_id = ${transaction.actor.clinicId} and l.case_id = ${caseId}
    order by l.revision desc limit 1`.execute(transaction.tables())
  return found.rows[0] ?? null
}

export async function addLockOutRevision(
  transaction: Transaction,
  caseId: CaseId,
  by: PersonId,
  row: LockOutLine,
): Promise<void> {
  await sql`insert into unwatched.lock_out (clinic_id, case_id, revision, at, by_person, change, cards, sealed)
    values (${transaction.actor.clinicId}, ${caseId}, ${row.revision}, ${transaction.now}, ${by}, ${row.change},
            ${JSON.stringify(row.cards)}::jsonb, ${row.sealed})`.execute(transaction.tables())
}

/** When each revision was made. */
export async function loadRevisionMoments(
  transaction: Transaction,
  caseId: CaseId,
): Promise<ReadonlyMap<number, Date>> {
  const found = await sql<{ revision: number; at: Date }>`
    select m.revision, m.at from unwatched.access_map m
    where m.clinic_id = ${transaction.actor.clinicId} and m.case_id = ${caseId}`.execute(transaction.tables())
  return new Map(found.rows.map(row => [row.revision, row.at]))
}
