import { sql } from 'kysely'
import type { JobName, JobPayloads } from '../foundation/job-name.ts'
import type { Transaction } from './database.ts'
import { type JobPayload, taskIdentifier } from './job.ts'

/** Retried with growing pauses (seconds to hours), then parked. */
export const attemptsBeforeParking = 8

/**
 * Asks for a job in the transaction of the act that needs it: both are kept, or neither. It is the work of that
 * transaction's clinic. The same `key` asked for again before it ran is one job. `runAt` holds it back until then.
 */
export async function askForJob<Name extends JobName>(
  transaction: Transaction,
  name: Name,
  payload: JobPayloads[Name],
  options: JobOptions = {},
): Promise<void> {
  await addJob(transaction, name, { ...payload }, options)
}

export type JobOptions = { readonly key?: string; readonly runAt?: Date }

/** The same for whatever the queue itself asks for, by a name that may be of another version of the program. */
export async function addJob(
  transaction: Transaction,
  name: string,
  payload: JobPayload,
  options: JobOptions = {},
): Promise<void> {
  const { clinicId } = transaction.actor
  const full = JSON.stringify({ ...payload, clinicId })
  const key = options.key === undefined ? null : `${options.key} ${clinicId}`
  await sql`select graphile_worker.add_job(${taskIdentifier(name, clinicId)}, ${full}::json,
                                           max_attempts => ${attemptsBeforeParking}, job_key => ${key},
                                           run_at => coalesce(${options.runAt ?? null}::timestamptz, now()))`.execute(
    transaction.tables(),
  )
}
