import { openPartInSight } from '../../audit/operations/open-part-in-sight.ts'
import { recordAct } from '../../audit/operations/record-act.ts'
import { openCaseSeal } from '../../cases/operations/open-case-seal.ts'
import { doTask } from '../../contact/operations/finish-task.ts'
import { listCaseTasks } from '../../contact/operations/list-tasks.ts'
import type { Decision } from '../../foundation/decision.ts'
import type { AppointmentId, CaseId, PersonId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { decideFollowUpEnd, type FollowUpOutcome } from '../follow-up.ts'
import { closeFollowUp, countFollowUpTry, loadFollowUp } from '../follow-up-store.ts'
import { holdAppointment } from '../store.ts'

/** What somebody did: tried once more without an answer, or came to the end of it. */
export type FollowUpStep = { readonly did: 'tried' | FollowUpOutcome; readonly note: string }

/** Records a step of following up somebody who did not come. It sends nothing; the trying is done by a person. */
export async function recordFollowUp(
  clinic: Clinic,
  transaction: Transaction,
  by: PersonId,
  caseId: CaseId,
  appointmentId: AppointmentId,
  step: FollowUpStep,
): Promise<Decision<object, 'not-found' | 'ended-before' | 'more-tries'>> {
  await holdAppointment(transaction, appointmentId)
  const followUp = await loadFollowUp(transaction, caseId, appointmentId)
  if (!followUp) return { allowed: false, because: 'not-found' }
  if (followUp.closedAt) return { allowed: false, because: 'ended-before' }
  if (step.did === 'tried') {
    await countFollowUpTry(transaction, caseId, appointmentId)
  } else {
    const decision = decideFollowUpEnd(followUp, step.did)
    if (!decision.allowed) return decision
    const note =
      step.note === ''
        ? null
        : await (await openCaseSeal(clinic, transaction, caseId)).seal(
            followUpField(appointmentId),
            step.note,
          )
    await closeFollowUp(transaction, by, caseId, appointmentId, { outcome: step.did, note })
    await finishFollowUpTask(clinic, transaction, by, caseId, appointmentId)
  }
  await recordAct(transaction, {
    verb: step.did === 'tried' ? 'follow-up-tried' : 'follow-up-ended',
    caseId,
    part: 'appointment',
    subject: appointmentId,
    detail: step.did === 'tried' ? {} : { outcome: step.did },
  })
  return { allowed: true }
}

/** The name under which the note of a follow-up is sealed. */
export function followUpField(appointmentId: AppointmentId): string {
  return `follow-up-note ${appointmentId}`
}

/** Ends the task for a follow-up among the tasks of the case, where the person acting may see those. */
export async function finishFollowUpTask(
  clinic: Clinic,
  transaction: Transaction,
  by: PersonId,
  caseId: CaseId,
  appointmentId: AppointmentId,
): Promise<void> {
  if (!(await openPartInSight(transaction, { caseId, part: 'contact', mode: 'write' }))) return
  for (const task of await listCaseTasks(transaction, caseId))
    if (task.kind === 'client-did-not-come' && task.subject === appointmentId && task.doneAt === null)
      await doTask(clinic, transaction, by, caseId, task.taskId, '')
}
