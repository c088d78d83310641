import type { JobName } from '../foundation/job-name.ts'
import type { FaultCode } from '../platform/fault-code.ts'
import type { SetAsideName, StopCode } from '../platform/job.ts'

type Words = { readonly name: string; readonly ifCancelled: string }

const words = {
  'read-item': {
    name: 'Reading a file of evidence',
    ifCancelled:
      'The item stays in the case with its original, and says that it was not read because reading was cancelled.',
  },
  'make-safe-copy': {
    name: 'Making a picture again from its pixels',
    ifCancelled:
      'The item stays in the case with its original, and says that it cannot be looked at yet. Anyone who works on its evidence can have it made.',
  },
  'merge-records': {
    name: 'Putting the records of a case together',
    ifCancelled:
      'Everything in the case is found as before. A search of it takes a little longer until the next file is read.',
  },
  'build-bundle': {
    name: 'Building a bundle',
    ifCancelled:
      'The bundle says that it could not be built. Nothing leaves. Anyone who needs it asks for it again.',
  },
  'send-message': {
    name: 'Sending a reminder',
    ifCancelled:
      'The reminder is not sent, and the people of the case get a task to tell the client by a way that may be used.',
  },
  'carry-over-contact': {
    name: 'Carrying over how a client may be reached',
    ifCancelled: 'The people of the case get a task to write the safe contact plan by hand.',
  },
  'tell-on-call': {
    name: 'Writing to those on call',
    ifCancelled: 'Nobody on call is written to about this. Where there is an alarm, it stands and says so.',
  },
  'review-due': {
    name: 'Raising a task for a review',
    ifCancelled: 'No task is raised. The review stands on the list of reviews that are due all the same.',
  },
  'keep-names': {
    name: 'Keeping names so that a check for conflicts finds them soon',
    ifCancelled: 'A check for conflicts compares these names one by one: it finds the same and takes longer.',
  },
  'set-aside': {
    name: 'Saying that other work was not done',
    ifCancelled: 'What the other work was about goes on saying that it is being worked on.',
  },
} as const satisfies Readonly<Record<JobName | SetAsideName, Words>>

const works: ReadonlyMap<string, Words> = new Map(Object.entries(words))

/** What a piece of the program's work is, in words; work of another version of the program by how it is called. */
export const sayWork = (job: string): string =>
  works.get(job)?.name ?? `Work of another version of the program (${job})`

/** What becomes of what a piece of work was about, once it is cancelled. */
export const sayIfCancelled = (job: string): string =>
  works.get(job)?.ifCancelled ?? 'It is not done, and anyone who waits for it is not told.'

const stops = {
  'job-found-nothing': 'What it was asked to work on is not there',
  'job-of-another-clinic': 'It belongs to another clinic',
  'job-died': 'The program ended twice while it was at it',
  'job-died-ended': 'Its process ended twice before it was done',
  'job-died-memory': 'It needed more memory than it may have, twice',
  'job-died-time': 'It took longer than it may, twice',
  'job-died-given-up': 'Nobody waited for it any more, twice',
  'held-after-restore': 'It was held when the clinic was brought back from a backup',
} as const satisfies Readonly<Record<StopCode, string>>

/**
 * Faults that an administrator can do something about. Every other is for the person who looks after the machine, by
 * its code.
 */
const faults: Readonly<Partial<Record<FaultCode, string>>> = {
  'job-payload': 'It does not say what to work on',
  'disk-full': 'There was no room left on the disk',
  'process-not-started': 'A process for it could not be started',
}

const reasons: ReadonlyMap<string, string> = new Map(Object.entries({ ...stops, ...faults }))

/** Why a piece of work stopped, in words with the code for the person who looks after the machine. */
export function sayStop(code: string): string {
  return `${reasons.get(code) ?? 'It met a fault'} (${code})`
}
