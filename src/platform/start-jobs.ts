import { Logger, type Runner, run, type TaskList } from 'graphile-worker'
import type { Apart } from './apart.ts'
import type { Clinic } from './clinic.ts'
import { Fault } from './fault.ts'
import { giveBack } from './give-back.ts'
import { type Job, type JobPayload, setAsideName, taskIdentifier } from './job.ts'
import { asQueue, type JobRuns, openJobRuns } from './job-runs.ts'
import { performJob } from './perform-job.ts'
import { type Presence, takePresence } from './presence.ts'
import { RetryingPool } from './retrying-pool.ts'

/** How long a stop waits for jobs that are at work, in milliseconds. */
const patienceWithJobs = 5000

/** How often it is looked whether a program beside this one died over its work, in milliseconds. */
const lookEvery = 15_000

export type JobsOptions = {
  /** How many light jobs are done at once. */
  readonly concurrency?: number
  /** Where heavy work is done; in this process where there is none, one piece at a time. */
  readonly apart?: Apart
}

type Working = {
  readonly runners: readonly Runner[]
  readonly runs: JobRuns
  readonly leave: () => Promise<void>
}

/**
 * Starts working through the queue of a clinic: its own work alone, whatever else the database holds. Light work has a
 * lane of its own, so that a message is not kept waiting by a long file, and so has what is urgent. A job that throws is tried again later; its
 * fault's code alone is logged. A job that ended its process twice waits for a person.
 */
export async function startJobs(
  clinic: Clinic,
  jobs: readonly Job[],
  options: JobsOptions = {},
): Promise<{ readonly stop: () => Promise<void> }> {
  const pool = openQueuePool(clinic)
  const begin = (): Promise<Working> => beginWork(clinic, pool, [...jobs, setAsideJob(jobs)], options)
  let isStopping = false
  let working = await begin()
  // Once the database is there again: until then every try to begin fails, and so may its end.
  const beginAgain = async (): Promise<void> => {
    while (!isStopping) {
      await new Promise(done => setTimeout(done, 1000))
      if (isStopping) return
      try {
        working = await begin()
        return
      } catch (cause) {
        const { code } = cause as { code?: unknown }
        clinic.log('queue-waits', { code: typeof code === 'string' ? code : 'unforeseen' })
      }
    }
  }
  // A queue that ended by itself, as when the database was away for long, is begun again.
  const watching = (async () => {
    while (!isStopping) {
      await Promise.race(working.runners.map(runner => runner.promise)).catch(() => {})
      if (isStopping) return
      clinic.log('queue-stopped')
      await stopRunners(working)
      await working.leave()
      await beginAgain()
    }
  })()
  watching.catch(() => clinic.log('queue-not-restarted'))
  const stop = async (): Promise<void> => {
    isStopping = true
    const ended = (async () => {
      await stopRunners(working)
      await watching.catch(() => {})
      await working.leave()
      await pool.end()
    })()
    // A long job is not waited for: it is given back, and taken up at the next start. That is no death.
    const late = new Promise<'late'>(done => setTimeout(() => done('late'), patienceWithJobs).unref())
    if ((await Promise.race([ended, late])) !== 'late') return
    await options.apart?.stop()
    await Promise.race([ended, new Promise(done => setTimeout(done, 2000).unref())])
    await working.runs.leave().catch(() => {})
  }
  let stopped: Promise<void> | null = null
  return {
    stop: () => {
      stopped ??= stop()
      return stopped
    },
  }
}

function openQueuePool(clinic: Clinic): RetryingPool {
  const pool = new RetryingPool({ ...clinic.database.pool.options, max: 10 })
  const lost = (): void => {} // the clinic's own connections tell of it
  pool.on('error', lost)
  pool.on('connect', client => client.on('error', lost))
  return pool
}

/** Each may have ended by itself. */
async function stopRunners({ runners }: Working): Promise<void> {
  await Promise.all(runners.map(runner => runner.stop().catch(() => {})))
}

async function beginWork(
  clinic: Clinic,
  pool: RetryingPool,
  jobs: readonly Job[],
  options: JobsOptions,
): Promise<Working> {
  const presence = await takePresence(pool, clinic.clinicId)
  try {
    return await beginAs(presence, clinic, pool, jobs, options)
  } catch (cause) {
    await presence.leave()
    throw cause
  }
}

async function beginAs(
  presence: Presence,
  clinic: Clinic,
  pool: RetryingPool,
  jobs: readonly Job[],
  { apart, concurrency = 2 }: JobsOptions,
): Promise<Working> {
  const runs = openJobRuns(clinic.database, clinic.clinicId, presence.number)
  await giveBackOfDead(clinic, presence, true)
  const looking = setInterval(
    () => void giveBackOfDead(clinic, presence, false).catch(() => {}),
    lookEvery,
  ).unref()
  const lane = async (kind: Lane, atOnce: number): Promise<readonly Runner[]> => {
    const taskList: TaskList = {}
    for (const job of jobs.filter(each => laneOf(each) === kind)) {
      const doing = { clinic, runs, apart: kind === 'heavy' ? apart : undefined, job }
      taskList[taskIdentifier(job.name, clinic.clinicId)] = (payload, { job: { id } }) =>
        performJob(doing, id, payload as JobPayload)
    }
    if (Object.keys(taskList).length === 0) return []
    const logger = new Logger(() => () => {})
    const how = { concurrency: atOnce, noHandleSignals: true, pollInterval: 2000, logger }
    return [await run({ pgPool: pool, taskList, ...how })]
  }
  const urgent = await lane('urgent', 1)
  const light = await lane('light', concurrency)
  const heavy = await lane('heavy', apart?.processes ?? 1)
  return {
    runners: [...urgent, ...light, ...heavy],
    runs,
    leave: async () => {
      clearInterval(looking)
      await presence.leave()
    },
  }
}

/** Gives back the work of programs beside this one that died over it. */
async function giveBackOfDead(clinic: Clinic, presence: Presence, isFirstLook: boolean): Promise<void> {
  const numbers = await presence.loadLiving()
  const dead = await asQueue(clinic.database, clinic.clinicId, transaction =>
    giveBack(transaction, numbers, isFirstLook),
  )
  for (const { job, deaths } of dead) clinic.log('job-died', { job, why: 'ended', deaths })
}

type Lane = 'urgent' | 'light' | 'heavy'

const laneOf = ({ isUrgent, isHeavy }: Job): Lane => (isUrgent ? 'urgent' : isHeavy ? 'heavy' : 'light')

/** Leaves what another job was about in a state that says it will not be done. */
function setAsideJob(jobs: readonly Job[]): Job {
  return {
    name: setAsideName,
    work: async (clinic, { ofJob, why, ...payload }) => {
      const job = jobs.find(each => each.name === ofJob)
      if (!job || (why !== 'stopped' && why !== 'cancelled'))
        throw new Fault('job-payload', 'Work to set aside names no work of this program.')
      return job.setAside(clinic, payload, why)
    },
    setAside: async () => 'done',
  }
}
