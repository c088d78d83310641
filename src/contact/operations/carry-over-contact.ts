import { withCase } from '../../audit/operations/open-case.ts'
import { loadToldContact } from '../../cases/operations/load-told-contact.ts'
import type { CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import { carryOver } from '../carry-over.ts'
import { emptyPlan } from '../contact-plan.ts'
import { changeContactPlan } from './change-plan.ts'

/**
 * Carries over into the contact plan what was said about contact at the referral, once a case is open. It runs on the
 * queue, as the program: what it opens it shows to nobody. Where somebody has written a plan already, that one stands.
 */
export async function carryOverContact(clinic: Clinic, caseId: CaseId): Promise<void> {
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'job-carry-over-contact' } as const
  await withCase(clinic.database, actor, { caseId, part: 'contact', mode: 'write' }, async transaction => {
    const told = await loadToldContact(clinic, transaction, caseId)
    if (!told) return
    await changeContactPlan(clinic, transaction, caseId, plan =>
      plan === emptyPlan ? carryOver(told) : null,
    )
  })
}
