import { type ApartContext, makeLane } from './apart-lane.ts'
import { type CalculateApart, CalculationEnded } from './calculation.ts'
import { Fault } from './fault.ts'
import type { JobEnd, JobPayload } from './job.ts'
import type { Log } from './log.ts'

export { ProcessEnded } from './apart-process.ts'

/** Work done in processes of its own: each has a bound on its memory, and ends with this program. */
export type Apart = {
  /** How many jobs are done at once. */
  readonly processes: number
  /** Does a job by its name; throws `ProcessEnded` when its process ended before it. */
  readonly runJob: (name: string, payload: JobPayload) => Promise<JobEnd>
  readonly calculate: CalculateApart
  /** Ends every process at once. */
  readonly stop: () => Promise<void>
}

export type ApartOptions = {
  /** The file that a process runs. */
  readonly entry: URL
  /** What a process that does jobs is told of the clinic; handed over in a message, never on a command line. */
  readonly context: ApartContext
  /** Mebibytes that a process may use for its own data. */
  readonly memory: number
  readonly jobProcesses: number
  readonly calculationProcesses: number
  readonly log: Log
  /** Milliseconds after which a job is ended. */
  readonly longestJob?: number
}

/** Long enough for the largest file on a slow machine, in milliseconds. */
const usualLongestJob = 4 * 60 * 60 * 1000

/** So many calculations may wait for one process; the next to come is told at once. */
const mostWaiting = 8

/** Makes ready, and starts nothing yet: a process starts with the first work for it and ends when it has rested. */
export function startApart(options: ApartOptions): Apart {
  const { entry, memory, log } = options
  const jobs = makeLane({ entry, memory, log, context: options.context, processes: options.jobProcesses })
  // A calculation is given no key and no database: all it needs is handed to it.
  const sums = makeLane({ entry, memory, log, context: null, processes: options.calculationProcesses })
  return {
    processes: options.jobProcesses,
    runJob: async (name, payload) => {
      const limit = options.longestJob ?? usualLongestJob
      return (await jobs.run({ do: 'job', name, input: payload }, limit)) as JobEnd
    },
    calculate: async (name, input, limit, signal) => {
      if (sums.waiting() >= mostWaiting * options.calculationProcesses) throw new CalculationEnded('busy')
      try {
        return await sums.run({ do: 'calculation', name, input }, limit, signal)
      } catch (cause) {
        if (!(cause instanceof Fault) || !('why' in cause)) throw cause
        throw new CalculationEnded(cause.why === 'stopping' ? 'ended' : (cause.why as 'time'))
      }
    },
    stop: async () => {
      await Promise.all([jobs.stop(), sums.stop()])
    },
  }
}
