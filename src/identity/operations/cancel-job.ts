import { recordAct } from '../../audit/operations/record-act.ts'
import type { Transaction } from '../../platform/database.ts'
import { cancelParkedJob, type ParkedJob } from '../../platform/jobs.ts'

/**
 * Ends a parked job for good. A moment later the program leaves what it was about in a state that says so. False when
 * somebody else decided about it meanwhile.
 */
export async function cancelJob(transaction: Transaction, job: ParkedJob): Promise<boolean> {
  if (!(await cancelParkedJob(transaction, job))) return false
  await recordAct(transaction, { verb: 'job-cancelled', subject: job.jobId, detail: { job: job.name } })
  return true
}
