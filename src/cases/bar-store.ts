import { sql } from 'kysely'
import type { CaseId, ClinicId, PersonId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import { lockForTransaction } from '../platform/lock-for-transaction.ts'
import type { Row } from '../platform/schema.ts'
import type { FiledBar } from './filed.ts'
import { open, seal } from './sealed-front-store.ts'
import type { CasesTables } from './tables.ts'

const clinicOf = (transaction: Transaction): ClinicId => transaction.actor.clinicId
const tablesOf = (transaction: Transaction) => transaction.tables<CasesTables>()
const actingPerson = ({ actor }: Transaction): PersonId | null =>
  actor.kind === 'person' ? actor.personId : null

export async function addBar(
  transaction: Transaction,
  caseId: CaseId,
  personId: PersonId,
  reason: string,
): Promise<void> {
  await sql`insert into unwatched.bar (clinic_id, case_id, person_id, reason, made_at, made_by)
    values (${clinicOf(transaction)}, ${caseId}, ${personId}, ${seal(transaction, caseId, 'bar-reason', reason)},
      ${transaction.now}, ${actingPerson(transaction)})`.execute(tablesOf(transaction))
}

/** Lets one person at a time change the bars of a case, until the transaction ends. */
export function holdBars(transaction: Transaction, caseId: CaseId): Promise<void> {
  return lockForTransaction(transaction, 'bars', caseId)
}

export async function loadBars(transaction: Transaction, caseId: CaseId): Promise<readonly FiledBar[]> {
  const rows = await tablesOf(transaction)
    .selectFrom('bar')
    .innerJoin('person', join =>
      join.onRef('person.clinic_id', '=', 'bar.clinic_id').onRef('person.person_id', '=', 'bar.person_id'),
    )
    .select(['bar.person_id', 'person.name', 'bar.reason', 'bar.made_at', 'bar.lifted_at', 'bar.lift_reason'])
    .where('bar.clinic_id', '=', clinicOf(transaction))
    .where('bar.case_id', '=', caseId)
    .orderBy('bar.made_at')
    .execute()
  return rows.map(row => readBarRow(transaction, caseId, row))
}

/** A bar with the name of the person it names, its reasons as they lie sealed. */
export type BarRow = Pick<Row<'bar'>, 'person_id' | 'reason' | 'made_at' | 'lifted_at' | 'lift_reason'> &
  Pick<Row<'person'>, 'name'>

/** A bar of a case, with its reasons opened. */
export function readBarRow(transaction: Transaction, caseId: CaseId, row: BarRow): FiledBar {
  return {
    personId: row.person_id,
    personName: row.name,
    reason: open(transaction, caseId, 'bar-reason', row.reason),
    madeAt: row.made_at,
    liftedAt: row.lifted_at,
    liftReason: row.lift_reason === null ? null : open(transaction, caseId, 'lift-reason', row.lift_reason),
  }
}

/** Lifts a bar; false when there is none in force, or it names the person who would lift it. */
export async function liftBarRow(
  transaction: Transaction,
  caseId: CaseId,
  personId: PersonId,
  reason: string,
): Promise<boolean> {
  const done = await tablesOf(transaction)
    .updateTable('bar')
    .set({
      lifted_at: transaction.now,
      lifted_by: actingPerson(transaction),
      lift_reason: seal(transaction, caseId, 'lift-reason', reason),
    })
    .where(eb => eb.and({ clinic_id: clinicOf(transaction), case_id: caseId }))
    .where('person_id', '=', personId)
    .where('lifted_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}
