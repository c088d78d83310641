import { sql } from 'kysely'
import type { AgencyId, AppointmentId, CaseId, PersonId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import { openedAtEntry } from '../platform/once-in-visit.ts'
import type { Row } from '../platform/schema.ts'
import { openBody } from '../platform/seal-body.ts'
import type { ClosingOutcome } from './closing.ts'
import { appointmentKind, countComing, keptAppointmentSchema } from './kept-appointment.ts'
import type { CasesTables } from './tables.ts'

/** Whether a case is open or closed; null when it is not in sight. */
export async function loadCaseState(
  transaction: Transaction,
  caseId: CaseId,
): Promise<'open' | 'closed' | null> {
  const known = openedAtEntry(transaction, caseId)?.file
  if (known) return known.state
  const row = await transaction
    .tables<CasesTables>()
    .selectFrom('case_file')
    .select('state')
    .where(eb => eb.and({ clinic_id: transaction.actor.clinicId, case_id: caseId }))
    .executeTakeFirst()
  return row?.state ?? null
}

export async function changeCaseState(
  transaction: Transaction,
  caseId: CaseId,
  change: {
    readonly state: 'open' | 'closed'
    readonly closedBy: PersonId | null
    readonly outcome: ClosingOutcome | null
  },
): Promise<void> {
  await transaction
    .tables<CasesTables>()
    .updateTable('case_file')
    .set({
      state: change.state,
      closed_at: change.state === 'closed' ? transaction.now : null,
      closed_by: change.closedBy,
      outcome: change.outcome,
    })
    .where(eb => eb.and({ clinic_id: transaction.actor.clinicId, case_id: caseId }))
    .execute()
}

/** How many things hang on a case: numbers alone. */
export type HangingOn = { readonly appointments: number; readonly messages: number; readonly tasks: number }

export async function loadHangingOn(
  transaction: Transaction,
  caseId: CaseId,
  of: { readonly agencyId?: AgencyId; readonly personId?: PersonId },
): Promise<HangingOn> {
  const found = await sql<{
    appointments: AppointmentId[]
    sealed: Buffer[]
    messages: number
    tasks: number
  }>`
    select appointments, sealed, messages, tasks from unwatched.hangs_on(${caseId})`.execute(
    transaction.tables(),
  )
  const row = found.rows[0]
  if (!row) return { appointments: 0, messages: 0, tasks: 0 }
  const { clinicId } = transaction.actor
  const kept = row.appointments
    .map((id, index) =>
      keptAppointmentSchema.parse(
        openBody(
          transaction.clinicKey(),
          { clinicId, kind: appointmentKind, id },
          row.sealed[index] ?? Buffer.alloc(0),
        ),
      ),
    )
    .filter(each => each.caseId === caseId)
  const people = await loadThose(transaction, of)
  return {
    appointments: countComing(kept, transaction.now, people),
    messages: row.messages,
    tasks: row.tasks,
  }
}

/** Whom an agency's or a person's part is about; null for everybody. */
async function loadThose(
  transaction: Transaction,
  { agencyId, personId }: { readonly agencyId?: AgencyId; readonly personId?: PersonId },
): Promise<ReadonlySet<PersonId> | null> {
  if (!agencyId) return personId ? new Set([personId]) : null
  const found = await sql<Pick<Row<'person'>, 'person_id'>>`select person_id from unwatched.person
    where clinic_id = ${transaction.actor.clinicId} and agency_id = ${agencyId}`.execute(transaction.tables())
  return new Set([...found.rows.map(row => row.person_id), ...(personId ? [personId] : [])])
}
