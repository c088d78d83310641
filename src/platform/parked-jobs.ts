import { sql } from 'kysely'
import {
  beginningOfList,
  makePageOfList,
  mostCounted,
  type PagedRow,
  type PageOfList,
  type PlaceInList,
  rowsOfPage,
} from '../foundation/page-of-list.ts'
import { addJob, attemptsBeforeParking } from './ask-for-job.ts'
import type { Clinic } from './clinic.ts'
import type { Transaction } from './database.ts'
import { type JobPayload, type ParkedJob, setAsideName } from './job.ts'
import { forgetRun } from './job-runs.ts'

type ParkedRow = PagedRow & {
  id: string
  name: string
  payload: JobPayload
  attempts: number
  last_error: string | null
  updated_at: Date
}

const parkedOf = (row: ParkedRow): ParkedJob => ({
  jobId: row.id,
  name: row.name,
  payload: row.payload,
  attempts: row.attempts,
  lastFault: (row.last_error ?? '').split('\n')[0] ?? '',
  since: row.updated_at,
})

/**
 * Jobs of the clinic that a person must look at, the oldest first; an installation may hold other clinics, whose work is
 * not shown. Of more than are counted the first are shown: they are dealt with first.
 */
export async function loadParkedJobs(
  { clinicId, database }: Pick<Clinic, 'clinicId' | 'database'>,
  place: PlaceInList = beginningOfList,
  jobId: string | null = null,
): Promise<PageOfList<ParkedJob>> {
  const { skipped, atMost } = rowsOfPage(place)
  const found = await database.pool.query<ParkedRow>(
    `with parked as materialized (
       select j.id, split_part(t.identifier, '/', 1) as name, j.payload, j.attempts, j.last_error, j.updated_at
       from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
       where j.attempts >= j.max_attempts and j.locked_at is null and j.payload ->> 'clinicId' = $1
         and ($2::text is null or j.id::text = $2)
       order by j.updated_at, j.id limit $5)
     select row_number() over (order by updated_at, id)::int as place, (select count(*)::int from parked) as counted,
       id::text, name, payload, attempts, last_error, updated_at
     from parked order by updated_at, id limit $4 offset least($3::int, greatest((select count(*)::int from parked) - 1, 0) / $4::int * $4::int)`,
    [clinicId, jobId, skipped, atMost, mostCounted + 1],
  )
  return { ...makePageOfList(found.rows, place, parkedOf, row => row.id), next: null }
}

/** Puts a parked job of this transaction's clinic back in the queue, as if it had never been tried; false when it is not parked. */
export async function retryParkedJob(transaction: Transaction, jobId: string): Promise<boolean> {
  const put = await sql`update graphile_worker._private_jobs
    set attempts = 0, max_attempts = ${attemptsBeforeParking}, run_at = now(), last_error = null, updated_at = now()
    where id = ${jobId} and payload ->> 'clinicId' = ${transaction.actor.clinicId}
      and attempts >= max_attempts and locked_at is null`.execute(transaction.tables())
  if ((put.numAffectedRows ?? 0n) === 0n) return false
  await forgetRun(transaction, jobId)
  await sql`select pg_notify('jobs:insert', '{"r":1,"count":1}')`.execute(transaction.tables())
  return true
}

/** Takes a parked job out of the queue, and asks for what it was about to be left in a state that says so. */
export async function cancelParkedJob(transaction: Transaction, job: ParkedJob): Promise<boolean> {
  const gone = await sql`delete from graphile_worker._private_jobs
    where id = ${job.jobId} and payload ->> 'clinicId' = ${transaction.actor.clinicId}
      and attempts >= max_attempts and locked_at is null`.execute(transaction.tables())
  if ((gone.numAffectedRows ?? 0n) === 0n) return false
  await forgetRun(transaction, job.jobId)
  if (job.name !== setAsideName)
    await addJob(transaction, setAsideName, { ...job.payload, ofJob: job.name, why: 'cancelled' })
  return true
}
