import type { CaseId, PersonId } from '../foundation/ids.ts'
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
