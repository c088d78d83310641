import type { AppointmentId, CaseId, PersonId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import type { FollowUp } from './follow-up.ts'
import type { AppointmentTables } from './tables.ts'

const tablesOf = (transaction: Transaction) => transaction.tables<AppointmentTables>()
const keyOf = (transaction: Transaction, caseId: CaseId, appointmentId: AppointmentId) => ({
  clinic_id: transaction.actor.clinicId as string,
  case_id: caseId,
  appointment_id: appointmentId,
})

/** Raises the task for an appointment, once; false when it is there already, unless it ended by a mistake. */
export async function addFollowUp(
  transaction: Transaction,
  by: PersonId,
  caseId: CaseId,
  followUp: Pick<FollowUp, 'appointmentId' | 'because' | 'triesNeeded'>,
): Promise<boolean> {
  const done = await tablesOf(transaction)
    .insertInto('follow_up')
    .values({
      ...keyOf(transaction, caseId, followUp.appointmentId),
      because: followUp.because,
      raised_at: transaction.now,
      raised_by: by,
      tries_needed: followUp.triesNeeded,
      tries: 0,
      last_try_at: null,
      outcome: null,
      note: null,
      closed_at: null,
      closed_by: null,
    })
    .onConflict(conflict => conflict.doNothing())
    .executeTakeFirst()
  if (done.numInsertedOrUpdatedRows === 1n) return true
  const again = await tablesOf(transaction)
    .updateTable('follow_up')
    .set({ outcome: null, note: null, closed_at: null, closed_by: null })
    .where(eb => eb.and(keyOf(transaction, caseId, followUp.appointmentId)))
    .where('outcome', '=', 'came-after-all')
    .executeTakeFirst()
  return again.numUpdatedRows > 0n
}

export async function loadFollowUp(
  transaction: Transaction,
  caseId: CaseId,
  appointmentId: AppointmentId,
): Promise<(FollowUp & { readonly note: Buffer | null }) | null> {
  const row = await tablesOf(transaction)
    .selectFrom('follow_up')
    .selectAll()
    .where(eb => eb.and(keyOf(transaction, caseId, appointmentId)))
    .executeTakeFirst()
  return row
    ? {
        appointmentId: row.appointment_id,
        because: row.because,
        raisedAt: row.raised_at,
        tries: row.tries,
        triesNeeded: row.tries_needed,
        lastTryAt: row.last_try_at,
        outcome: row.outcome,
        closedAt: row.closed_at,
        note: row.note,
      }
    : null
}

export async function countTry(
  transaction: Transaction,
  caseId: CaseId,
  appointmentId: AppointmentId,
): Promise<void> {
  await tablesOf(transaction)
    .updateTable('follow_up')
    .set(eb => ({ tries: eb('tries', '+', 1), last_try_at: transaction.now }))
    .where(eb => eb.and(keyOf(transaction, caseId, appointmentId)))
    .where('closed_at', 'is', null)
    .execute()
}

/** Ends a follow-up; false when it had ended before. */
export async function closeFollowUp(
  transaction: Transaction,
  by: PersonId,
  caseId: CaseId,
  appointmentId: AppointmentId,
  end: { readonly outcome: NonNullable<FollowUp['outcome']>; readonly note: Buffer | null },
): Promise<boolean> {
  const done = await tablesOf(transaction)
    .updateTable('follow_up')
    .set({ ...end, closed_at: transaction.now, closed_by: by })
    .where(eb => eb.and(keyOf(transaction, caseId, appointmentId)))
    .where('closed_at', 'is', null)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}
