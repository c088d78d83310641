import { recordAct } from '../../audit/operations/record-act.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Actor } from '../../platform/database.ts'
import { retryParkedJob } from '../../platform/jobs.ts'
import { listParkedJobs } from './list-parked-jobs.ts'

/** Puts a parked job of this clinic back in the queue; false when it is there no more. */
export async function retryJob(clinic: Clinic, actor: Actor, jobId: string): Promise<boolean> {
  const job = (await listParkedJobs(clinic)).find(parked => parked.jobId === jobId)
  if (!job) return false
  await clinic.database.transaction(actor, transaction =>
    recordAct(transaction, { verb: 'job-retried', subject: jobId, detail: { job: job.name } }),
  )
  await retryParkedJob(clinic.database, jobId)
  return true
}
