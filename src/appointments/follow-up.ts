import type { Urgency } from '../cases/red-flags.ts'
import type { Decision } from '../foundation/decision.ts'
import type { AppointmentId } from '../foundation/ids.ts'

/** How the search for somebody who did not come ended. */
export const followUpOutcomes = ['reached', 'welfare-check', 'could-not-reach'] as const
export type FollowUpOutcome = (typeof followUpOutcomes)[number]

export type FollowUp = {
  readonly appointmentId: AppointmentId
  readonly because: 'did-not-attend' | 'client-left'
  readonly raisedAt: Date
  readonly tries: number
  readonly triesNeeded: number
  readonly lastTryAt: Date | null
  readonly outcome: FollowUpOutcome | 'came-after-all' | null
  readonly closedAt: Date | null
}

/**
 * How many times somebody tries the client by the agreed safe channel before anybody may write that the client could
 * not be reached: by the clinic's own rule, for each risk.
 */
// One domestic-abuse service's published priorities have three safe attempts within a week where risk is high; for lower
// risks no source was found, so a profile that says nothing asks for three at every risk
export function findTriesNeeded(urgency: Urgency, tries: Readonly<Record<Urgency, number>>): number {
  return tries[urgency]
}

/**
 * Whether a follow-up may end like this: reached, or handed on for a welfare check, at any time; given up only after
 * the tries that the risk asks for. It never ends by itself.
 */
export function decideFollowUpEnd(
  followUp: Pick<FollowUp, 'tries' | 'triesNeeded'>,
  outcome: FollowUpOutcome,
): Decision<object, 'more-tries'> {
  return outcome === 'could-not-reach' && followUp.tries < followUp.triesNeeded
    ? { allowed: false, because: 'more-tries' }
    : { allowed: true }
}

/** The outcome as it is shown on screen. */
export function sayFollowUpOutcome(outcome: FollowUpOutcome | 'came-after-all'): string {
  switch (outcome) {
    case 'reached':
      return 'Reached by the agreed safe way'
    case 'welfare-check':
      return 'A welfare check was asked for'
    case 'could-not-reach':
      return 'Could not be reached; the risk was assessed'
    case 'came-after-all':
      return 'Recorded by mistake: the client came'
  }
}
