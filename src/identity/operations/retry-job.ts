import { recordAct } from '../../audit/operations/record-act.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Actor } from '../../platform/database.ts'
import { retryParkedJob } from '../../platform/jobs.ts'
import { findParkedJob } from './list-parked-jobs.ts'

/** Puts a parked job of this clinic back in the queue; false when it is there no more. */
export async function retryJob(clinic: Clinic, actor: Actor, jobId: string): Promise<boolean> {
  const job = await findParkedJob(clinic, jobId)
  if (!job) return false
  return clinic.database.transaction(actor, async transaction => {
    if (!(await retryParkedJob(transaction, job.jobId))) return false
    await recordAct(transaction, { verb: 'job-retried', subject: jobId, detail: { job: job.name } })
    return true
  })
}
