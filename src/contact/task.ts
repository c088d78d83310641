import type { CaseId, TaskId } from '../foundation/ids.ts'
import { silences } from './safe-channel.ts'
import { saySilence } from './say-silence.ts'

/** Something only a person can do. Codes alone, so that a list of them says nothing about a client. */
export type Task = {
  readonly taskId: TaskId
  readonly caseId: CaseId
  readonly reference: string
  readonly kind: string
  readonly because: string
  readonly subject: string | null
  readonly raisedAt: Date
  /** Null when the program raised it. */
  readonly raisedBy: string | null
  readonly doneAt: Date | null
  readonly doneBy: string | null
  readonly sealedNote: Buffer | null
}

const kinds: ReadonlyMap<string, string> = new Map([
  [
    'reminder-not-sent',
    'A reminder was not sent. Tell the client by a way that may be used, if there is one.',
  ],
  ['reminder-in-doubt', 'A reminder may or may not have left. Find out; it is not sent again.'],
  [
    'channel-observable',
    'A way to reach the client turned out to be observable. Agree on another, face to face.',
  ],
  [
    'client-did-not-come',
    'A client did not come, or left early. Assess the risk and try the agreed safe way; record it on the appointment.',
  ],
  [
    'ask-again',
    'The client said that a way is safe, and the map has changed since. Do not use it before they were asked again.',
  ],
  [
    'contact-not-carried-over',
    'What was said about contact at the referral was not carried over. Read it there, and write the safe contact plan by hand.',
  ],
  ['review-due', 'A review of the safety plan is due. Hold it on the page of the plan.'],
  [
    'second-phrase-used',
    'Somebody used the client’s second phrase: they may not be alone, or were made to. Do not ring or write. Follow the safety plan, and write down what you did.',
  ],
])

/** The kind of task that earlier versions raised for the use of a second phrase; those that are done are still listed. */
export const secondPhraseUsed = 'second-phrase-used'

/** What is to be done, in words. */
export function sayTask(task: Pick<Task, 'kind'>): string {
  return kinds.get(task.kind) ?? task.kind.replaceAll('-', ' ')
}

const faults: ReadonlyMap<string, string> = new Map([
  ['mail-refused', 'The mail server refused it.'],
  ['mail-not-reached', 'The mail server could not be reached, several times.'],
  ['connection-broke', 'The connection broke while the mail server was taking it.'],
  [secondPhraseUsed, 'Somebody signed in with it.'],
  ['map-changed', 'The suspected person reaches more than was known when the client said so.'],
  ['did-not-attend', 'The client did not attend.'],
  ['client-left', 'The client left early.'],
  ['appointment-changed', 'The appointment was moved or cancelled.'],
  ['work-stopped', 'Doing it ended the program’s work twice.'],
  ['work-cancelled', 'The administrator cancelled it.'],
  ['program-stopped', 'The program stopped while it was being sent.'],
])

/** Why there is a task, in words; a code without words is shown as it is. */
export function sayTaskReason(task: Pick<Task, 'because'>): string {
  const silence = silences.find(each => each === task.because)
  return silence ? saySilence(silence) : (faults.get(task.because) ?? `${task.because.replaceAll('-', ' ')}.`)
}
