import type { CaseId, PersonId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { findConflicts, findProvisionalBars } from '../conflict.ts'
import { loadStaffCandidates } from '../name-store.ts'
import { type Urgency, urgencies } from '../red-flags.ts'
import type { Referral } from '../referral.ts'
import { loadTriage, loadWaiting } from '../store.ts'
import { decideUrgency } from '../triage.ts'

/** A referral that waits: its reference and what to see to first, and nothing it says. */
export type WaitingLine = {
  readonly caseId: CaseId
  readonly reference: string
  readonly clientName: string
  readonly receivedAt: Date
  readonly receivedBy: 'phone' | 'public-form'
  readonly isTriaged: boolean
  /** What triage decided; before it, what the answers alone ask for. */
  readonly urgency: Urgency
  readonly isDangerNow: boolean
  /** Something of eligibility is not known yet. */
  readonly mustAsk: boolean
}

/**
 * Who is waiting: the most urgent first, then the longest wait. A form that nobody has opened is not shown to somebody
 * who is named like the person it suspects: they will be barred from it when it is opened.
 */
export async function listWaiting(transaction: Transaction): Promise<readonly WaitingLine[]> {
  const lines: WaitingLine[] = []
  const staff = await loadStaffCandidates(transaction)
  const self = staff.filter(each => each.personId === personOf(transaction))
  for (const referral of await loadWaiting(transaction)) {
    const names = { client: '', suspect: referral.suspectName }
    const isAboutSelf = !referral.isMatched && findProvisionalBars(findConflicts(names, self)).length > 0
    if (!isAboutSelf) lines.push(await lineOf(transaction, referral))
  }
  return lines.sort((a, b) => urgencies.indexOf(a.urgency) - urgencies.indexOf(b.urgency))
}

const personOf = ({ actor }: Transaction): PersonId | null =>
  actor.kind === 'person' ? actor.personId : null

async function lineOf(transaction: Transaction, referral: Referral): Promise<WaitingLine> {
  const triage = referral.state === 'triaged' ? await loadTriage(transaction, referral.caseId) : null
  const { flags, dangerNow } = referral.answers
  return {
    caseId: referral.caseId,
    reference: referral.reference,
    clientName: referral.clientName,
    receivedAt: referral.receivedAt,
    receivedBy: referral.receivedBy,
    isTriaged: referral.state === 'triaged',
    urgency: triage?.urgency ?? decideUrgency(flags, dangerNow, 'routine').urgency,
    isDangerNow: dangerNow === 'yes',
    mustAsk: referral.decision.outcome === 'ask',
  }
}
