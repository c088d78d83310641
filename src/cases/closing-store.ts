import { sql } from 'kysely'
import type { AgencyId, CaseId, PersonId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import type { ClosingOutcome } from './closing.ts'
import type { CasesTables } from './tables.ts'

/** Whether a case is open or closed; null when it is not in sight. */
export async function loadCaseState(
  transaction: Transaction,
  caseId: CaseId,
): Promise<'open' | 'closed' | null> {
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
  const found = await sql<HangingOn>`
    select appointments, messages, tasks
    from unwatched.hangs_on(${caseId}, ${of.agencyId ?? null}, ${of.personId ?? null})`.execute(
    transaction.tables(),
  )
  return found.rows[0] ?? { appointments: 0, messages: 0, tasks: 0 }
}
