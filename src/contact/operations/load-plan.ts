import { openCaseSeal } from '../../cases/operations/open-case-seal.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { onceInVisit } from '../../platform/once-in-visit.ts'
import { type ContactPlan, contactPlanSchema } from '../contact-plan.ts'
import { loadPlanRow, type PlanRow } from '../store.ts'

/** The name under which a revision of the plan is sealed. */
export function fieldOfPlan(revision: number): string {
  return `contact-plan ${revision}`
}

/** The safe contact plan at a revision. */
export type AgreedPlan = {
  readonly revision: number
  readonly at: Date
  /** Who wrote it down; null where the person looking may not see that name. */
  readonly by: string | null
  readonly plan: ContactPlan
}

/** The safe contact plan as it is now; null where nothing has been agreed. The case must be open for its contact. */
export async function loadContactPlan(
  clinic: Clinic,
  transaction: Transaction,
  caseId: CaseId,
): Promise<AgreedPlan | null> {
  const row = await onceInVisit(transaction, `contact-plan ${caseId}`, () => loadPlanRow(transaction, caseId))
  return row && openPlanRow(clinic, transaction, caseId, row)
}

/** Opens a plan as it was read from a case that is open for its contact. */
export async function openPlanRow(
  clinic: Pick<Clinic, 'clinicId'>,
  transaction: Transaction,
  caseId: CaseId,
  row: PlanRow,
): Promise<AgreedPlan> {
  const seal = await openCaseSeal(clinic, transaction, caseId)
  const plan = contactPlanSchema.parse(JSON.parse(await seal.open(fieldOfPlan(row.revision), row.sealed)))
  return { revision: row.revision, at: row.at, by: row.by, plan }
}
