import type { CaseVisit } from '../../../identity/route.ts'
import { type Answer, showPage } from '../../../web/answer.ts'
import type { PageRequest } from '../../../web/request.ts'
import { drawUpCase, planLockOutFor } from '../../operations/plan-lock-out.ts'
import { lockOutView } from './view.ts'

/**
 * The lock-out plan as cards in the safe order. Steps she will not take stand in the address as `never`: names of steps,
 * which say nothing about anybody.
 */
export async function showLockOut({ query }: PageRequest, visit: CaseVisit): Promise<Answer> {
  const never = [...new Set(query.getAll('never'))].slice(0, 100)
  const drawn = await visit.onCase(transaction => drawUpCase(visit.clinic, transaction, visit.caseId))
  const planned = drawn.map.steps.length === 0 ? null : await planLockOutFor(drawn, never)
  return showPage(lockOutView(visit, drawn, planned, never))
}
