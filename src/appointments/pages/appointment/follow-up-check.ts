import type { ActCheck } from '../../../identity/check-act.ts'
import {
  decideFollowUpEnd,
  type FollowUp,
  type FollowUpOutcome,
  sayFollowUpOutcome,
} from '../../follow-up.ts'

/** What follows when a follow-up is ended; null where it may not end like that yet. */
export function endOfFollowUp(path: string, followUp: FollowUp, outcome: FollowUpOutcome): ActCheck | null {
  if (followUp.closedAt || !decideFollowUpEnd(followUp, outcome).allowed) return null
  return {
    title: 'End the search for this client?',
    chosen: [
      { key: 'How it ended', value: sayFollowUpOutcome(outcome) },
      { key: 'Tried', value: followUp.tries === 1 ? 'Once' : `${followUp.tries} times` },
    ],
    follows: [
      'Nobody is reminded to look for them any more: it leaves the list of those who did not come, and its task is done.',
      ...(outcome === 'reached'
        ? []
        : ['They are still not found. A missed appointment can be the first sign of harm.']),
      'What you write stays with the appointment, sealed.',
    ],
    undo: 'It is not taken up again by itself. Book another appointment, or raise it with a colleague and in the safety plan.',
    action: `${path}/follow-up`,
    fields: { did: outcome },
    asks: ({ words }) =>
      words('followUpNote', 'What did you find, and how do you judge the risk?', { rows: 4 }),
    button: 'End the search',
    back: { href: path, text: 'Back to the appointment' },
  }
}

/** What follows when somebody who is being followed up is said to have come; null where nobody is. */
export function cameAfterAll(path: string, followUp: FollowUp | null): ActCheck | null {
  if (!followUp || followUp.closedAt) return null
  return {
    title: 'Record that the client came after all?',
    follows: [
      'The search for them ends, and its task is done: nobody is reminded to look for them any more.',
      'Do it only if you know that they were there. If somebody else says so, find out first.',
    ],
    undo: 'What became of the appointment can be recorded again. The search is not taken up again by itself.',
    action: `${path}/attendance`,
    fields: { attendance: 'attended' },
    button: 'They came',
    back: { href: path, text: 'Back to the appointment' },
  }
}
