import { recordAct } from '../../audit/operations/record-act.ts'
import type { CaseId, PersonId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { type ClosingOutcome, decideClosing } from '../closing.ts'
import { changeCaseState, loadCaseState } from '../closing-store.ts'

/**
 * Closes a case with its outcome, on a case that is open for writing its triage. Nothing is removed, and consents stay
 * as they are. False when it is closed already or not there.
 */
export async function closeCase(
  transaction: Transaction,
  by: PersonId,
  caseId: CaseId,
  outcome: ClosingOutcome,
): Promise<boolean> {
  const state = await loadCaseState(transaction, caseId)
  if (!state || !decideClosing(state, 'closed').allowed) return false
  await changeCaseState(transaction, caseId, { state: 'closed', closedBy: by, outcome })
  await recordAct(transaction, { verb: 'case-closed', caseId, detail: { outcome } })
  return true
}

/** Opens a closed case again. False when it is open, or not there. */
export async function reopenCase(transaction: Transaction, caseId: CaseId): Promise<boolean> {
  const state = await loadCaseState(transaction, caseId)
  if (!state || !decideClosing(state, 'open').allowed) return false
  await changeCaseState(transaction, caseId, { state: 'open', closedBy: null, outcome: null })
  await recordAct(transaction, { verb: 'case-reopened', caseId })
  return true
}
