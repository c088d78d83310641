import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, goTo } from '../../../web/answer.ts'
import { readOnce } from '../../../web/form.ts'
import type { FormFields } from '../../../web/request.ts'
import { changePlan, type PlanResult } from '../../operations/change-plan.ts'
import type { PlanChange } from '../../plan-change.ts'

/** Keeps a change of the plan and goes back to the plan. A refusal is for the form to show. */
export async function keepInPlan(
  { clinic, staff, caseId, onCase }: CaseVisit,
  form: FormFields,
  change: PlanChange,
  sayRefused: (refused: Extract<PlanResult, { allowed: false }>) => Promise<Answer>,
): Promise<Answer> {
  const once = readOnce(form)
  const result = await onCase(transaction =>
    changePlan(clinic, transaction, staff.personId, caseId, change, once),
  )
  return result.allowed ? goTo(`/cases/${caseId}/plan`) : sayRefused(result)
}
