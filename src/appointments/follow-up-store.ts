import type { AppointmentId, CaseId, PersonId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import { openBody, sealBody } from '../platform/seal-body.ts'
import type { FollowUp } from './follow-up.ts'
import type { AppointmentKeyHolder } from './sealed-appointment-store.ts'
import { type SealedFollowUp, sealedFollowUpSchema, writeSealedFollowUp } from './sealed-follow-up.ts'
import type { AppointmentTables } from './tables.ts'

const tablesOf = (transaction: Transaction) => transaction.tables<AppointmentTables>()
const keyOf = (transaction: Transaction, caseId: CaseId, appointmentId: AppointmentId) => ({
  clinic_id: transaction.actor.clinicId,
  case_id: caseId,
  appointment_id: appointmentId,
})

/** In bytes: more than a follow-up without a note takes. */
const bodySize = 1024
const placeOf = (holder: AppointmentKeyHolder, id: AppointmentId) => ({
  clinicId: holder.actor.clinicId,
  kind: 'follow-up',
  id,
})

export function sealFollowUp(holder: AppointmentKeyHolder, id: AppointmentId, body: SealedFollowUp): Buffer {
  return sealBody(holder.clinicKey(), placeOf(holder, id), writeSealedFollowUp(body), bodySize)
}

export function openFollowUp(
  holder: AppointmentKeyHolder,
  id: AppointmentId,
  sealed: Buffer,
): SealedFollowUp {
  return sealedFollowUpSchema.parse(openBody(holder.clinicKey(), placeOf(holder, id), sealed))
}

/** Raises the task for an appointment that is held, once; false when it is there already, unless it ended by a mistake. */
export async function addFollowUp(
  transaction: Transaction,
  by: PersonId,
  caseId: CaseId,
  followUp: Pick<FollowUp, 'appointmentId' | 'because' | 'triesNeeded'>,
): Promise<boolean> {
  const { appointmentId, because, triesNeeded } = followUp
  const before = await loadBody(transaction, caseId, appointmentId)
  if (before && before.outcome !== 'came-after-all') return false
  const open = { outcome: null, note: null, closedAt: null, closedBy: null }
  if (before) {
    await keepBody(transaction, caseId, appointmentId, { ...before, ...open })
    return true
  }
  const body = { because, raisedAt: transaction.now, raisedBy: by, triesNeeded, tries: 0, lastTryAt: null }
  await tablesOf(transaction)
    .insertInto('follow_up')
    .values({
      ...keyOf(transaction, caseId, appointmentId),
      is_open: true,
      sealed: sealFollowUp(transaction, appointmentId, { ...body, ...open }),
    })
    .execute()
  return true
}

export async function loadFollowUp(
  transaction: Transaction,
  caseId: CaseId,
  appointmentId: AppointmentId,
): Promise<(FollowUp & { readonly note: Buffer | null }) | null> {
  const body = await loadBody(transaction, caseId, appointmentId)
  return body && followUpOf(appointmentId, body)
}

/** A follow-up that was read from a case that is open for its appointments, with its note as it lies sealed. */
export function followUpOf(
  appointmentId: AppointmentId,
  { raisedBy: _, closedBy: __, note, ...rest }: SealedFollowUp,
): FollowUp & { readonly note: Buffer | null } {
  return { ...rest, appointmentId, note: note === null ? null : Buffer.from(note, 'base64') }
}

export async function countFollowUpTry(
  transaction: Transaction,
  caseId: CaseId,
  appointmentId: AppointmentId,
): Promise<void> {
  const body = await loadBody(transaction, caseId, appointmentId)
  if (!body || body.closedAt) return
  const change = { tries: body.tries + 1, lastTryAt: transaction.now }
  await keepBody(transaction, caseId, appointmentId, { ...body, ...change })
}

/** Ends a follow-up; false when it had ended before. */
export async function closeFollowUp(
  transaction: Transaction,
  by: PersonId,
  caseId: CaseId,
  appointmentId: AppointmentId,
  end: { readonly outcome: NonNullable<FollowUp['outcome']>; readonly note: Buffer | null },
): Promise<boolean> {
  const body = await loadBody(transaction, caseId, appointmentId)
  if (!body || body.closedAt) return false
  await keepBody(transaction, caseId, appointmentId, {
    ...body,
    outcome: end.outcome,
    note: end.note?.toString('base64') ?? null,
    closedAt: transaction.now,
    closedBy: by,
  })
  return true
}

async function loadBody(
  transaction: Transaction,
  caseId: CaseId,
  appointmentId: AppointmentId,
): Promise<SealedFollowUp | null> {
  const row = await tablesOf(transaction)
    .selectFrom('follow_up')
    .select('sealed')
    .where(eb => eb.and(keyOf(transaction, caseId, appointmentId)))
    .executeTakeFirst()
  return row ? openFollowUp(transaction, appointmentId, row.sealed) : null
}

async function keepBody(
  transaction: Transaction,
  caseId: CaseId,
  appointmentId: AppointmentId,
  body: SealedFollowUp,
): Promise<void> {
  await tablesOf(transaction)
    .updateTable('follow_up')
    .set({ sealed: sealFollowUp(transaction, appointmentId, body), is_open: body.closedAt === null })
    .where(eb => eb.and(keyOf(transaction, caseId, appointmentId)))
    .execute()
}
