import type { MessageId } from '../foundation/ids.ts'
import type { OfAnotherVersion } from '../foundation/of-another-version.ts'
import type { MessageReason } from './task-reason.ts'

/** What a message is for. Nothing is ever sent after an appointment that was missed. */
export type MessagePurpose = 'appointment-reminder'

/**
 * How far a message is. `not-known`: the connection broke while the mail server was taking it, so it may have left. It
 * is never sent a second time, and a person finds out.
 */
export type MessageState = 'waiting' | 'sending' | 'sent' | 'refused' | 'stopped' | 'failed' | 'not-known'

export type MessageLine = {
  readonly messageId: MessageId
  readonly purpose: MessagePurpose
  readonly channelId: string
  readonly aboutAt: Date
  readonly about: string
  readonly askedAt: Date
  readonly state: MessageState
  readonly because: MessageReason | OfAnotherVersion | null
  readonly attempts: number
  readonly changedAt: Date
}

/** How often a mail that certainly did not leave is tried again, with growing pauses; then a person is asked. */
export const mostAttempts = 5

/** How long a message may be in the hands of a job, in milliseconds: longer than the mail server is waited for. */
export const longestInHand = 3 * 60_000

/** What to do with a message that a job takes up. */
export type TakenUp = 'leave' | 'ask-the-gate' | 'in-hand' | 'it-may-have-left'

/**
 * Decides by the message's state and by how long it has been in it. One that has been `sending` for longer than sending
 * takes was in the hands of a program that died; otherwise another job has it.
 *
 * @param inState milliseconds since it came to be in this state
 */
export function decideTakenUp(state: MessageState, inState: number): TakenUp {
  switch (state) {
    case 'waiting':
      return 'ask-the-gate'
    case 'sending':
      return inState > longestInHand ? 'it-may-have-left' : 'in-hand'
    case 'sent':
    case 'refused':
    case 'stopped':
    case 'failed':
    case 'not-known':
      return 'leave'
  }
}
