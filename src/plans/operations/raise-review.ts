import { withCase } from '../../audit/operations/access-case.ts'
import { loadIncidentZone } from '../../chronology/operations/load-incident.ts'
import { raiseTask } from '../../contact/operations/raise-task.ts'
import { dayAt } from '../../foundation/calendar-day.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import { doOnce } from '../../platform/do-once.ts'
import type { JobEnd } from '../../platform/jobs.ts'
import { findNextByDate } from '../review-schedule.ts'
import { loadPlan } from './load-plan.ts'

/**
 * Raises a task for the people of a case when the day of a review has come and nobody held it: one for each day of
 * review. A review that was held, or moved by a change of the plan, asks again on its own day.
 */
export async function raiseReview(clinic: Clinic, caseId: CaseId): Promise<JobEnd> {
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'job-review-due' } as const
  const access = { caseId, part: 'plan', mode: 'read' } as const
  const end = await withCase(clinic.database, actor, access, async transaction => {
    const found = await loadPlan(clinic, transaction, caseId)
    // A plan is never taken away. If there is none, this is the wrong place to look.
    if (!found) return 'not-found'
    const next = findNextByDate(found.plan)
    const today = dayAt(transaction.now, await loadIncidentZone(transaction, caseId))
    if (!next || next.on > today) return 'rightly-nothing'
    await doOnce(
      transaction,
      'review-due',
      `${caseId} ${next.on}`,
      () => true,
      async () => {
        const kind = 'review-due'
        await raiseTask(transaction, { caseId, kind, because: kind })
        return true
      },
    )
    return 'done'
  })
  return end ?? 'not-found'
}
