import type { Clinic } from './clinic.ts'

/** How many jobs there are, and since when the oldest that could be done now has been waiting. */
export type QueueFigures = {
  readonly waiting: number
  readonly later: number
  readonly working: number
  readonly parked: number
  readonly oldestWaiting: Date | null
}

/** Figures of a clinic's part of the queue, for monitoring the machine: no job's payload, and no name. */
export async function loadQueueFigures({
  clinicId,
  database,
}: Pick<Clinic, 'clinicId' | 'database'>): Promise<QueueFigures> {
  const found = await database.pool.query<{ state: string; n: number; since: Date }>(
    `select case when locked_at is not null then 'working' when attempts >= max_attempts then 'parked'
                 when run_at > now() then 'later' else 'waiting' end as state,
            count(*)::int as n, min(run_at) as since
     from graphile_worker._private_jobs where payload ->> 'clinicId' = $1 group by 1`,
    [clinicId],
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
