import { withCase } from '../../audit/operations/access-case.ts'
import { findCaseState } from '../../cases/operations/load-case-state.ts'
import { loadContactAnswers } from '../../cases/operations/load-contact-answers.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { JobEnd, SetAside } from '../../platform/jobs.ts'
import { carryOver } from '../carry-over.ts'
import { emptyPlan } from '../contact-plan.ts'
import { changeContactPlan } from './change-plan.ts'
import { raiseTask } from './raise-task.ts'

/**
 * Carries over into the contact plan what was said about contact at the referral, once a case is open. It runs on the
 * queue, as the program: what it opens it shows to nobody. Where somebody has written a plan already, that one stands.
 */
export async function carryOverContact(clinic: Clinic, caseId: CaseId): Promise<JobEnd> {
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'job-carry-over-contact' } as const
  const access = { caseId, part: 'contact', mode: 'write' } as const
  const end = await withCase(clinic.database, actor, access, async transaction => {
    if ((await findCaseState(transaction, caseId)) === null) return 'not-found'
    const answers = await loadContactAnswers(clinic, transaction, caseId)
    // No account was kept of the referral answers: there is nothing to carry over.
    if (!answers) return 'rightly-nothing'
    await changeContactPlan(clinic, transaction, caseId, plan =>
      plan === emptyPlan ? carryOver(answers) : null,
    )
    return 'done'
  })
  return end ?? 'not-found'
}

/** Tells the people of a case that nothing was carried over, so that somebody does it by hand. */
export async function setCarryOverAside(clinic: Clinic, caseId: CaseId, why: SetAside): Promise<JobEnd> {
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'job-carry-over-contact' } as const
  const access = { caseId, part: 'contact', mode: 'write' } as const
  const end = await withCase(clinic.database, actor, access, async transaction => {
    if ((await findCaseState(transaction, caseId)) === null) return 'not-found'
    await raiseTask(transaction, { caseId, kind: 'contact-not-carried-over', because: `work-${why}` })
    return 'done'
  })
  return end ?? 'not-found'
}
