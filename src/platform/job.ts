import type { Clinic } from './clinic.ts'
import type { WhyEnded } from './why-ended.ts'

/** What a job is given, as the queue keeps it: the job reads it as it would read anything that comes from outside. */
export type JobPayload = Readonly<Record<string, string>>

/**
 * How a job ended, said by the operation that checked. `rightly-nothing`: what it was asked for stands otherwise by now,
 * and the operation saw that (taken back, done before, not due any more). `not-found`: what the payload names is not
 * there. That is never taken for done: a person sees it.
 */
export type JobEnd = 'done' | 'rightly-nothing' | 'not-found'

/** Why a job will not be done: it ended its process twice, or a person cancelled it. */
export type SetAside = 'stopped' | 'cancelled'

/** One kind of work the program does by itself, after the act that asked for it is kept. */
export type Job<Name extends string = string> = {
  /** In the database the job acts as the task `job-<name>`. */
  readonly name: Name
  /** Reads or builds what may be long or hostile: done in a process of its own, with a bound on its memory. */
  readonly isHeavy?: true
  /** Somebody waits for it who may be in danger: it has a lane of its own, whatever else is at work. */
  readonly isUrgent?: true
  readonly work: (clinic: Clinic, payload: JobPayload) => Promise<JobEnd>
  /** Leaves what the job was about in a state that says so; done as the program, on the queue. */
  readonly setAside: (clinic: Clinic, payload: JobPayload, why: SetAside) => Promise<JobEnd>
}

/**
 * Why the queue stopped with a job, where it was no fault of the work itself. A fault of the work stands in the same place
 * with its own code, of ours, of the machine's or of the database's.
 */
export type StopCode =
  | 'job-of-another-clinic'
  | 'job-found-nothing'
  | 'job-died'
  | `job-died-${Exclude<WhyEnded, 'stopping'>}`
  | 'held-after-restore'

/** A job that failed too often, found nothing, or ended its process twice, and waits for a person. */
export type ParkedJob = {
  readonly jobId: string
  /** As the queue has it: it may be of another version of the program. */
  readonly name: string
  readonly payload: JobPayload
  readonly attempts: number
  readonly lastFault: string
  readonly since: Date
}

/** The work of the queue that sets another piece of work aside. */
export const setAsideName = 'set-aside'
export type SetAsideName = typeof setAsideName

/**
 * What a job is called in the queue: a program asks only for the work of its own clinic, so that another's is never
 * handed to it.
 */
export const taskIdentifier = (name: string, clinicId: string): string => `${name}/${clinicId}`
