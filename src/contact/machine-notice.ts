import { sayRecorded } from '../foundation/of-another-version.ts'
import type { MachineTrouble } from '../platform/machine-trouble.ts'

/** What somebody was told of, and when; it may come from another version of the program. */
export type KeptNotice = { readonly trouble: string; readonly since: Date; readonly toldAt: Date }

export type NoticeDecision = {
  /** What to tell now: every trouble that goes on, when one of them is new or a day has gone; otherwise nothing. */
  readonly current: readonly MachineTrouble[]
  /** What was told before and is over. */
  readonly over: readonly string[]
  readonly isTold: boolean
}

const oneDay = 24 * 3_600_000

/** Once for each change, and then once a day for as long as it goes on. */
export function decideNotice(
  kept: readonly KeptNotice[],
  troubles: readonly MachineTrouble[],
  now: Date,
): NoticeDecision {
  const stands = ({ trouble }: KeptNotice): boolean => troubles.some(each => each === trouble)
  const over = kept.filter(notice => !stands(notice)).map(notice => notice.trouble)
  const isNew = troubles.some(trouble => !kept.some(notice => notice.trouble === trouble))
  const isDue = kept.some(notice => stands(notice) && now.getTime() - notice.toldAt.getTime() >= oneDay)
  return { current: troubles, over, isTold: isNew || isDue || over.length > 0 }
}

const lines = {
  'disk-full': 'A disk is nearly full.',
  'database-disk-full': 'The disk of the database is nearly full.',
  'backup-never': 'No backup was ever made.',
  'backup-failed': 'The last backup failed.',
  'backup-old': 'The last backup is more than a day and a half old.',
  'queue-standing': 'Work of the program has waited for more than an hour.',
  'jobs-stopped': 'Work of the program stopped and waits for somebody.',
} as const satisfies Readonly<Record<MachineTrouble, string>>

/** Rule S2: a mail that any server of any firm might send to the person who looks after it. */
export function writeNotice(decision: NoticeDecision): {
  readonly senderName: string
  readonly subject: string
  readonly text: string
} {
  const say = (trouble: string): string => `- ${sayRecorded(lines, trouble, 'Something else needs a look.')}`
  const parts = [
    decision.current.length > 0 ? `The server needs a look:\n\n${decision.current.map(say).join('\n')}` : '',
    decision.over.length > 0 ? `This is over:\n\n${decision.over.map(say).join('\n')}` : '',
    'Sign in to see more. Nobody reads answers to this message.',
  ]
  return {
    senderName: 'Server',
    subject: decision.current.length > 0 ? 'The server needs a look' : 'The server is well again',
    text: `${parts.filter(part => part !== '').join('\n\n')}\n`,
  }
}
