import { sql } from 'kysely'
import type { CaseId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import { lockForTransaction } from '../platform/lock-for-transaction.ts'
import type { Row } from '../platform/schema.ts'

/** Locks this case's map until the transaction ends, after anyone else who is changing it. */
export function lockMap(transaction: Transaction, caseId: CaseId): Promise<void> {
  return lockForTransaction(transaction, 'access-map', caseId)
}

/** When each revision of the map was made. */
export async function loadRevisionMoments(
  transaction: Transaction,
  caseId: CaseId,
): Promise<ReadonlyMap<number, Date>> {
  const found = await sql<Pick<Row<'access_map'>, 'revision' | 'at'>>`
    select m.revision, m.at from unwatched.access_map m
    where m.clinic_id = ${transaction.actor.clinicId} and m.case_id = ${caseId}`.execute(transaction.tables())
  return new Map(found.rows.map(row => [row.revision, row.at]))
}
