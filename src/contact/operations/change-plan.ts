import { recordAct } from '../../audit/operations/record-act.ts'
import { openCaseSeal } from '../../cases/operations/open-case-seal.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { type ContactPlan, contactPlanSchema, emptyPlan } from '../contact-plan.ts'
import { addPlanRow, lockContactGate } from '../store.ts'
import { fieldOfPlan, loadContactPlan } from './load-plan.ts'

/**
 * Changes the safe contact plan, as a new revision, on a case open for writing its contact. Nothing leaves while it
 * changes. `change` gets the plan as it is; where it answers null, nothing changes. False then.
 */
export async function changeContactPlan(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
  change: (plan: ContactPlan) => ContactPlan | null,
): Promise<boolean> {
  await lockContactGate(transaction, caseId)
  const found = await loadContactPlan(clinic, transaction, caseId)
  const changed = change(found?.plan ?? emptyPlan)
  if (!changed) return false
  const revision = (found?.revision ?? 0) + 1
  const seal = await openCaseSeal(clinic, transaction, caseId)
  const text = JSON.stringify(contactPlanSchema.parse(changed))
  await addPlanRow(transaction, caseId, { revision, sealed: await seal.seal(fieldOfPlan(revision), text) })
  await recordAct(transaction, {
    verb: 'contact-plan-changed',
    caseId,
    part: 'contact',
    detail: { revision },
  })
  return true
}
