import { type Apart, ProcessEnded } from './apart.ts'
import type { Clinic } from './clinic.ts'
import { parkDead, parkNow, putBack } from './give-back.ts'
import type { Job, JobEnd, JobPayload, StopCode } from './job.ts'
import { asQueue, type JobRuns, mostDeaths } from './job-runs.ts'

type Performed = {
  readonly clinic: Clinic
  readonly runs: JobRuns
  readonly apart: Apart | undefined
  readonly job: Job
}

/**
 * Does one job of the queue, and keeps what became of it. That it was begun is kept before it begins. Throws the code of
 * what went wrong and none of its words, since the queue stores them (S11).
 */
export async function performJob(
  { clinic, runs, apart, job }: Performed,
  jobId: string,
  payload: JobPayload,
): Promise<void> {
  const on = <Answer>(work: Parameters<typeof asQueue<Answer>>[2]) =>
    asQueue(clinic.database, clinic.clinicId, work)
  const fail = (code: string): Error => {
    clinic.log('job-failed', { job: job.name, code })
    return new Error(code)
  }
  const stop = (code: StopCode): Error => fail(code)
  const codeOf = ({ code }: { code?: unknown }): string => (typeof code === 'string' ? code : 'unforeseen')
  if (payload['clinicId'] !== clinic.clinicId) {
    await on(transaction => parkNow(transaction, jobId))
    throw stop('job-of-another-clinic')
  }
  await runs.begin(jobId, job.name).catch(cause => {
    throw fail(codeOf(cause))
  })
  let end: JobEnd
  try {
    end = await (apart ? apart.runJob(job.name, payload) : job.work(clinic, payload))
  } catch (cause) {
    if (cause instanceof ProcessEnded) {
      const { why } = cause
      if (why === 'stopping') {
        await runs.end(jobId, 'failed')
        await on(transaction => putBack(transaction, jobId))
        throw new Error('stopping')
      }
      const deaths = await runs.died(jobId)
      clinic.log('job-died', { job: job.name, why, deaths })
      const code = `job-died-${why}` as const
      if (deaths >= mostDeaths) await on(transaction => parkDead(transaction, jobId, code))
      throw new Error(code)
    }
    await runs.end(jobId, 'failed').catch(() => {})
    throw fail(codeOf(cause as { code?: unknown }))
  }
  if (end === 'not-found') {
    await runs.end(jobId, 'failed')
    await on(transaction => parkNow(transaction, jobId))
    throw stop('job-found-nothing')
  }
  await runs.end(jobId, 'done').catch(cause => {
    throw fail(codeOf(cause))
  })
}
