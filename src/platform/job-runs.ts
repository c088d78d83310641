import { sql } from 'kysely'
import type { ClinicId } from '../foundation/ids.ts'
import type { Database, Transaction } from './database.ts'
import type { Row } from './schema.ts'

/** A job that ended its process so often is not begun again by itself. */
export const mostDeaths = 2

/** Work that was under way in a program that is no more. */
export type DeadRun = { readonly jobId: string; readonly job: string; readonly deaths: number }

/** The record of what was begun. Each call is a transaction of its own, kept when it answers. */
export type JobRuns = {
  readonly begin: (jobId: string, job: string) => Promise<void>
  /** It ended by itself: done, or with a fault that the queue keeps. */
  readonly end: (jobId: string, how: 'done' | 'failed') => Promise<void>
  /** The process that did it ended before it. Answers how often that has happened. */
  readonly died: (jobId: string) => Promise<number>
  /** What this program leaves undone when it is stopped on purpose; that is no death. */
  readonly leave: () => Promise<void>
}

/** Runs as the queue of a clinic. */
export function asQueue<Answer>(
  database: Database,
  clinicId: ClinicId,
  work: (transaction: Transaction) => Promise<Answer>,
): Promise<Answer> {
  return database.transaction({ kind: 'task', clinicId, task: 'job-queue' }, work)
}

/** The runs of one program, known by the number of its presence. */
export function openJobRuns(database: Database, clinicId: ClinicId, presence: number): JobRuns {
  const on = <Answer>(work: (transaction: Transaction) => Promise<Answer>) =>
    asQueue(database, clinicId, work)
  return {
    begin: (jobId, job) =>
      on(async transaction => {
        await sql`insert into unwatched.job_run (clinic_id, job_id, job, presence)
          values (${clinicId}, ${jobId}, ${job}, ${presence})
          on conflict (clinic_id, job_id) do update set presence = excluded.presence, started_at = now()`.execute(
          transaction.tables(),
        )
      }),
    end: (jobId, how) =>
      on(async transaction => {
        await (how === 'done'
          ? sql`delete from unwatched.job_run where clinic_id = ${clinicId} and job_id = ${jobId}`
          : sql`update unwatched.job_run set presence = null where clinic_id = ${clinicId} and job_id = ${jobId}`
        ).execute(transaction.tables())
      }),
    died: jobId =>
      on(async transaction => {
        const found = await sql<Pick<Row<'job_run'>, 'deaths'>>`update unwatched.job_run
          set deaths = deaths + 1, presence = null
          where clinic_id = ${clinicId} and job_id = ${jobId} returning deaths`.execute(transaction.tables())
        return found.rows[0]?.deaths ?? mostDeaths
      }),
    leave: () =>
      on(async transaction => {
        await sql`update unwatched.job_run set presence = null
          where clinic_id = ${clinicId} and presence = ${presence}`.execute(transaction.tables())
      }),
  }
}

/** Counts a death for everything that was under way in a program that is not among the living. */
export async function countDeaths(
  transaction: Transaction,
  living: readonly number[],
): Promise<readonly DeadRun[]> {
  const found = await sql<DeadRun>`update unwatched.job_run set deaths = deaths + 1, presence = null
    where clinic_id = ${transaction.actor.clinicId} and presence is not null
      and presence <> all (${[...living]}::int[])
    returning job_id::text as "jobId", job, deaths`.execute(transaction.tables())
  return found.rows
}

/** Forgets what was begun of work that is in the queue no more. */
export async function forgetGoneRuns(transaction: Transaction): Promise<void> {
  await sql`delete from unwatched.job_run r where r.clinic_id = ${transaction.actor.clinicId}
    and not exists (select from graphile_worker._private_jobs j where j.id = r.job_id)`.execute(
    transaction.tables(),
  )
}

/** Forgets how often a job died: a person decided about it. */
export async function forgetRun(transaction: Transaction, jobId: string): Promise<void> {
  await sql`delete from unwatched.job_run
    where clinic_id = ${transaction.actor.clinicId} and job_id = ${jobId}`.execute(transaction.tables())
}
