import type { CaseId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { type Urgency, urgencies } from '../red-flags.ts'
import { loadWaiting } from '../store.ts'
import { decideUrgency } from '../triage.ts'

/** A referral that waits: its reference and what to look at first, and nothing it says. */
export type WaitingLine = {
  readonly caseId: CaseId
  readonly reference: string
  readonly clientName: string
  readonly receivedAt: Date
  readonly door: 'phone' | 'public-form'
  readonly isTriaged: boolean
  /** What the answers alone ask for; a coordinator may raise it. */
  readonly urgency: Urgency
  readonly isDangerNow: boolean
  /** Something of eligibility is not known yet. */
  readonly mustAsk: boolean
}

/** Who is waiting: the most urgent first, then the longest wait. */
export async function listWaiting(transaction: Transaction): Promise<readonly WaitingLine[]> {
  const lines = (await loadWaiting(transaction)).map(referral => ({
    caseId: referral.caseId,
    reference: referral.reference,
    clientName: referral.clientName,
    receivedAt: referral.receivedAt,
    door: referral.door,
    isTriaged: referral.state === 'triaged',
    urgency: decideUrgency(referral.answers.flags, referral.answers.dangerNow, 'routine').urgency,
    isDangerNow: referral.answers.dangerNow === 'yes',
    mustAsk: referral.decision.outcome === 'ask',
  }))
  return lines.sort((a, b) => urgencies.indexOf(a.urgency) - urgencies.indexOf(b.urgency))
}
