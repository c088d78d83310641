import { openPartInSight } from '../../audit/operations/open-part-in-sight.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { type ClientPlan, writeClientPlan } from '../client-plan.ts'
import { loadPlan } from './load-plan.ts'

/**
 * The client's plan for the client themselves, in words that say nothing to anyone who stands beside them (S2); null
 * when there is none, and for anybody who is not that client. Their access is recorded like everybody's.
 */
export async function loadPlanForClient(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
): Promise<ClientPlan | null> {
  if (transaction.actor.kind !== 'client') return null
  if (!(await openPartInSight(transaction, { caseId, part: 'plan', mode: 'read' }))) return null
  const found = await loadPlan(clinic, transaction, caseId)
  return found && writeClientPlan(found.plan)
}
