import type { CaseId, TaskId } from '../foundation/ids.ts'
import { type OfAnotherVersion, ofAnotherVersion } from '../foundation/of-another-version.ts'
import { silenceWords } from './say-silence.ts'
import type { TaskReason } from './task-reason.ts'

/** What only a person can do. */
export const taskKinds = [
  'reminder-not-sent',
  'reminder-in-doubt',
  'channel-observable',
  'client-did-not-come',
  'ask-again',
  'contact-not-carried-over',
  'review-due',
] as const
export type TaskKind = (typeof taskKinds)[number]

/** Something only a person can do. Codes alone, so that a list of them says nothing about a client. */
export type Task = {
  readonly taskId: TaskId
  readonly caseId: CaseId
  readonly reference: string
  readonly kind: TaskKind | OfAnotherVersion
  readonly because: TaskReason | OfAnotherVersion
  readonly subject: string | null
  readonly raisedAt: Date
  /** Null when the program raised it. */
  readonly raisedBy: string | null
  readonly doneAt: Date | null
  readonly doneBy: string | null
  readonly sealedNote: Buffer | null
}

/** A task as the list of all of them has it. */
export type OpenTask = Pick<
  Task,
  'taskId' | 'caseId' | 'reference' | 'kind' | 'because' | 'subject' | 'raisedAt'
>

const kinds = {
  'reminder-not-sent': 'A reminder was not sent. Tell the client by a way that may be used, if there is one.',
  'reminder-in-doubt': 'A reminder may or may not have left. Find out; it is not sent again.',
  'channel-observable':
    'A way to reach the client turned out to be observable. Agree on another, face to face.',
  'client-did-not-come':
    'A client did not come, or left early. Assess the risk and try the agreed safe way; record it on the appointment.',
  'ask-again':
    'The client said that a way is safe, and the map has changed since. Do not use it before they were asked again.',
  'contact-not-carried-over':
    'What was said about contact at the referral was not carried over. Read it there, and write the safe contact plan by hand.',
  'review-due': 'A review of the safety plan is due. Hold it on the page of the plan.',
  [ofAnotherVersion]:
    'Something that this version of the program has no words for. Ask the person who looks after the clinic’s program.',
} as const satisfies Readonly<Record<TaskKind | OfAnotherVersion, string>>

export type RaisableTask = { readonly kind: TaskKind; readonly because: TaskReason }

/**
 * What is raised when a closed task is raised again; null where it cannot be: what another version raised is not
 * understood here.
 */
export function findRaisable({ kind, because }: Pick<Task, 'kind' | 'because'>): RaisableTask | null {
  if (kind === ofAnotherVersion || because === ofAnotherVersion) return null
  return { kind, because }
}

/** What is to be done, in words. */
export function sayTask(task: Pick<Task, 'kind'>): string {
  return kinds[task.kind]
}

const reasons = {
  ...silenceWords,
  'mail-refused': 'The mail server refused it.',
  'mail-not-reached': 'The mail server could not be reached, several times.',
  'connection-broke': 'The connection broke while the mail server was taking it.',
  'map-changed': 'The suspected person reaches more than was known when the client said so.',
  'did-not-attend': 'The client did not attend.',
  'client-left': 'The client left early.',
  'appointment-changed': 'The appointment was moved or cancelled.',
  'work-stopped': 'Doing it ended the program’s work twice.',
  'work-cancelled': 'The administrator cancelled it.',
  'program-stopped': 'The program stopped while it was being sent.',
  'review-due': 'The day of the review has come.',
  [ofAnotherVersion]: 'Why is written down in words that this version of the program does not know.',
} as const satisfies Readonly<Record<TaskReason | OfAnotherVersion, string>>

/** Why there is a task, or why a message did not leave, in words. */
export function sayTaskReason(task: Pick<Task, 'because'>): string {
  return reasons[task.because]
}
