import { recordAct } from '../../audit/operations/record-act.ts'
import type { Decision } from '../../foundation/decision.ts'
import type { CaseId, PersonId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { liftBarRow } from '../bar-store.ts'

/** Lifts a bar that a likeness of names or a coordinator put up, with the reason why. Never one's own. */
export async function liftBar(
  transaction: Transaction,
  by: PersonId,
  caseId: CaseId,
  personId: PersonId,
  reason: string,
): Promise<Decision<object, 'own-bar' | 'no-bar'>> {
  if (by === personId) return { allowed: false, because: 'own-bar' }
  if (!(await liftBarRow(transaction, caseId, personId, reason))) return { allowed: false, because: 'no-bar' }
  await recordAct(transaction, { verb: 'bar-lifted', caseId, subject: personId })
  return { allowed: true }
}
