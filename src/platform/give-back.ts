import { sql } from 'kysely'
import { addJob } from './ask-for-job.ts'
import type { Transaction } from './database.ts'
import { type JobPayload, type StopCode, setAsideName } from './job.ts'
import { countDeaths, type DeadRun, forgetGoneRuns, mostDeaths } from './job-runs.ts'

/** For so long nobody can tell work that was just taken up from work that was taken up by a program that died, in seconds. */
const doubtful = 60

/**
 * Gives back what programs of this clinic had in hand that are no more. Work that ended its program twice is not given
 * back: it is parked for a person, and what it was about is told so. Work of another clinic is never touched.
 */
export async function giveBack(
  transaction: Transaction,
  living: readonly number[],
  isFirstLook: boolean,
): Promise<readonly DeadRun[]> {
  const { clinicId } = transaction.actor
  const dead = await countDeaths(transaction, living)
  for (const run of dead) {
    if (run.deaths >= mostDeaths) await parkDead(transaction, run.jobId, 'job-died')
    else await unlock(transaction, run.jobId)
  }
  // A program that has begun nothing yet, and is the only one, knows that nobody has anything in hand. Later a lock may be its own,
  // of work that it is just taking up or putting down.
  const isAlone = isFirstLook && living.length <= 1
  await sql`update graphile_worker._private_jobs j set locked_at = null, locked_by = null
    where j.payload ->> 'clinicId' = ${clinicId} and j.locked_at is not null
      and (${isAlone} or j.locked_at < now() - ${doubtful} * interval '1 second')
      and not exists (select from unwatched.job_run r where r.clinic_id = ${clinicId} and r.job_id = j.id
                      and r.presence = any (${[...living]}::int[]))`.execute(transaction.tables())
  await forgetGoneRuns(transaction)
  return dead
}

async function unlock(transaction: Transaction, jobId: string): Promise<void> {
  await sql`update graphile_worker._private_jobs set locked_at = null, locked_by = null, run_at = now()
    where id = ${jobId}`.execute(transaction.tables())
}

/** Parks a job that ended its process too often, and asks for what it was about to say so. */
export async function parkDead(transaction: Transaction, jobId: string, fault: StopCode): Promise<void> {
  const found = await sql<{ name: string; payload: JobPayload }>`update graphile_worker._private_jobs j
    set attempts = greatest(1, j.attempts), max_attempts = greatest(1, j.attempts), locked_at = null, locked_by = null,
      last_error = ${fault}, updated_at = now()
    from graphile_worker._private_tasks t
    where j.id = ${jobId} and t.id = j.task_id and j.payload ->> 'clinicId' = ${transaction.actor.clinicId}
    returning split_part(t.identifier, '/', 1) as name, j.payload`.execute(transaction.tables())
  const [job] = found.rows
  if (!job || job.name === setAsideName) return
  await addJob(transaction, setAsideName, { ...job.payload, ofJob: job.name, why: 'stopped' })
}

/** Parks a job at once, with the code of why: trying again would change nothing. */
export async function parkNow(transaction: Transaction, jobId: string): Promise<void> {
  await sql`update graphile_worker._private_jobs
    set attempts = greatest(1, attempts), max_attempts = greatest(1, attempts) where id = ${jobId}`.execute(
    transaction.tables(),
  )
}

/** What a program that is stopped on purpose had in hand is as if it had not been taken up. */
export async function putBack(transaction: Transaction, jobId: string): Promise<void> {
  await sql`update graphile_worker._private_jobs
    set locked_at = null, locked_by = null, attempts = greatest(0, attempts - 1)
    where id = ${jobId}`.execute(transaction.tables())
}
