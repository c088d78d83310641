import { Logger, type Runner, run, type TaskList } from 'graphile-worker'
import { sql } from 'kysely'
import type pg from 'pg'
import type { Clinic } from './clinic.ts'
import type { Database, Transaction } from './database.ts'
import { PatientPool } from './patient-pool.ts'

/** What a job is given: references only, never personal data, since the queue's tables are read by operators. */
export type JobPayload = Readonly<Record<string, string>>

/** One kind of work the program does by itself, after the act that asked for it is kept. */
export type Job = {
  /** Two or three words in kebab-case; in the database the job acts as the task `job-<name>`. */
  readonly name: string
  readonly work: (clinic: Clinic, payload: JobPayload) => Promise<void>
  /** Somebody waits for it who may be in danger: it has a lane of its own, whatever else is at work. */
  readonly isUrgent?: true
}

/** A job that failed too often and waits for a person. */
export type ParkedJob = {
  readonly jobId: string
  readonly name: string
  readonly payload: JobPayload
  readonly attempts: number
  readonly lastFault: string
  readonly since: Date
}

/** How long a stop waits for jobs that are at work, in milliseconds. */
const patienceWithJobs = 5000

/** Retried with growing pauses (seconds to hours), then parked. */
const attemptsBeforeParking = 8

/**
 * Asks for a job in the transaction of the act that needs it: both are kept, or neither.
 * The same `key` asked for again before it ran is one job. `runAt` holds it back until then.
 */
export async function askForJob(
  transaction: Transaction,
  name: string,
  payload: JobPayload,
  options: { readonly key?: string; readonly runAt?: Date } = {},
): Promise<void> {
  const full = JSON.stringify({ ...payload, clinicId: transaction.actor.clinicId })
  await sql`select graphile_worker.add_job(${name}, ${full}::json, max_attempts => ${attemptsBeforeParking},
                                           job_key => ${options.key ?? null},
                                           run_at => coalesce(${options.runAt ?? null}::timestamptz, now()))`.execute(
    transaction.tables(),
  )
}

/** Starts working through the queue. A job that throws is tried again later; its fault's code alone is logged. */
export async function startJobs(
  clinic: Clinic,
  jobs: readonly Job[],
  options: { readonly concurrency?: number } = {},
): Promise<{ readonly stop: () => Promise<void> }> {
  const taskList: TaskList = {}
  for (const job of jobs) {
    taskList[job.name] = async payload => {
      try {
        await job.work(clinic, payload as JobPayload)
      } catch (cause) {
        const code = (cause as { code?: unknown }).code
        clinic.log('job-failed', { job: job.name, code: typeof code === 'string' ? code : 'unforeseen' })
        // The queue stores the message: only the code, never words of a case (S11).
        throw new Error(typeof code === 'string' ? code : 'unforeseen', { cause })
      }
    }
  }
  const pool = new PatientPool({ ...clinic.database.pool.options, max: 6 })
  const lost = (): void => {} // the clinic's own connections tell of it
  pool.on('error', lost)
  pool.on('connect', client => client.on('error', lost))
  const begin = async (): Promise<{ readonly runner: Runner; readonly leave: () => Promise<void> }> => {
    const presence = await takePresence(pool)
    const runner = await run({
      pgPool: pool,
      taskList,
      concurrency: options.concurrency ?? 2,
      noHandleSignals: true,
      pollInterval: 2000,
      logger: new Logger(() => () => {}),
    })
    return { runner, leave: presence.leave }
  }
  let isStopping = false
  let working = await begin()
  // A queue that ended by itself, as when the database was away for long, is begun again.
  const watching = (async () => {
    while (!isStopping) {
      await working.runner.promise.catch(() => {})
      if (isStopping) return
      clinic.log('queue-stopped')
      await working.leave()
      await new Promise(done => setTimeout(done, 1000))
      if (!isStopping) working = await begin()
    }
  })()
  watching.catch(() => clinic.log('queue-not-restarted'))
  return {
    stop: async () => {
      isStopping = true
      const ended = (async () => {
        await working.runner.stop().catch(() => {}) // it may have ended by itself
        await watching.catch(() => {})
        await working.leave()
        await pool.end()
      })()
      // A long job is not waited for: it is left as a crash would leave it, and taken up at the next start.
      await Promise.race([ended, new Promise(done => setTimeout(done, patienceWithJobs).unref())])
    },
  }
}

/** Held by every program that works on the queue, shared; an arbitrary number, the same for ever. */
export const presenceLock = 7_218_402

/**
 * Says on the server that somebody works on the queue. Whoever comes first, with nobody else there, knows that a job
 * still marked as being worked on was left by a crash, and gives it back: otherwise it would wait for hours.
 */
async function takePresence(pool: pg.Pool): Promise<{ readonly leave: () => Promise<void> }> {
  const client = await pool.connect()
  let isHeld = true
  const alone = await client.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [
    presenceLock,
  ])
  if (alone.rows[0]?.alone) {
    await client.query(`select graphile_worker.force_unlock_workers(array(
      select distinct locked_by from graphile_worker._private_jobs where locked_by is not null))`)
  }
  await client.query('select pg_advisory_lock_shared($1)', [presenceLock])
  if (alone.rows[0]?.alone) await client.query('select pg_advisory_unlock($1)', [presenceLock])
  return {
    leave: async () => {
      if (!isHeld) return
      isHeld = false
      await client.query('select pg_advisory_unlock_shared($1)', [presenceLock]).catch(() => {})
      client.release()
    },
  }
}

/** How many jobs there are, and since when the oldest that could be done now has been waiting. */
export type QueueFigures = {
  readonly waiting: number
  readonly later: number
  readonly working: number
  readonly parked: number
  readonly oldestWaiting: Date | null
}

/** Figures of the queue, for whoever watches the machine: no job's payload, and no name. */
export async function loadQueueFigures(database: Database): Promise<QueueFigures> {
  const found = await database.pool.query<{ state: string; n: number; since: Date }>(
    `select case when locked_at is not null then 'working' when attempts >= max_attempts then 'parked'
                 when run_at > now() then 'later' else 'waiting' end as state,
            count(*)::int as n, min(run_at) as since
     from graphile_worker._private_jobs group by 1`,
  )
  const of = (state: string) => found.rows.find(row => row.state === state)
  return {
    waiting: of('waiting')?.n ?? 0,
    later: of('later')?.n ?? 0,
    working: of('working')?.n ?? 0,
    parked: of('parked')?.n ?? 0,
    oldestWaiting: of('waiting')?.since ?? null,
  }
}

/** Jobs that a person must look at: parked after their last attempt. */
export async function loadParkedJobs(database: Database): Promise<readonly ParkedJob[]> {
  const found = await database.pool.query<{
    id: string
    task_identifier: string
    payload: JobPayload
    attempts: number
    last_error: string | null
    updated_at: Date
  }>(`select j.id::text, t.identifier as task_identifier, j.payload, j.attempts, j.last_error, j.updated_at
      from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where j.attempts >= j.max_attempts and j.locked_at is null order by j.updated_at`)
  return found.rows.map(row => ({
    jobId: row.id,
    name: row.task_identifier,
    payload: row.payload,
    attempts: row.attempts,
    lastFault: (row.last_error ?? '').split('\n')[0] ?? '',
    since: row.updated_at,
  }))
}

/** Puts a parked job back in the queue. */
export async function retryParkedJob(database: Database, jobId: string): Promise<void> {
  await database.pool.query(
    'select graphile_worker.reschedule_jobs(array[$1::bigint], run_at => now(), attempts => 0)',
    [jobId],
  )
}
