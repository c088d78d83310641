import type { CaseId, PersonId } from '../foundation/ids.ts'
import type { PlaceInList } from '../foundation/page-of-list.ts'
import type { Urgency } from './red-flags.ts'
import type { KeptAnswers, KeptDecision } from './referral.ts'
import type { StalkerType } from './triage.ts'

/** A new referral: the whole of it, as its row. */
export type NewReferral = {
  readonly caseId: CaseId
  readonly reference: string
  readonly formToken: string
  readonly receivedBy: 'phone' | 'public-form'
  readonly state: 'waiting' | 'not-ours' | 'set-aside'
  readonly isMatched: boolean
  readonly urgency: Urgency
  readonly clientName: string
  readonly suspectName: string
  readonly answers: KeptAnswers
  readonly decision: KeptDecision
}

/** A bar on a member of staff, with their name where the reader may know it. */
export type FiledBar = {
  readonly personId: PersonId
  readonly personName: string
  readonly reason: string
  readonly madeAt: Date
  readonly liftedAt: Date | null
  readonly liftReason: string | null
}

/** What a coordinator settled in triage. */
export type FiledTriage = {
  readonly type: StalkerType
  readonly typeReasons: readonly string[]
  readonly urgency: Urgency
  readonly urgencyReasons: readonly string[]
  /** What the conflict check showed: counts and likenesses, never another file's names. */
  readonly conflicts: readonly { readonly kind: string; readonly likeness: string }[]
  readonly note: string
}

/** A line of the caseload: enough to find a case, nothing of what is in it. */
export type CaseLine = {
  readonly caseId: CaseId
  readonly reference: string
  readonly clientName: string
  readonly type: StalkerType
  readonly urgency: Urgency
  readonly state: 'open' | 'closed'
  readonly openedAt: Date
}

export const caseloadOrders = ['newest', 'most-urgent'] as const

/** Which cases a caseload shows, in which order. Names are sealed, so no list is sorted by them. */
export type CaseloadChoice = {
  readonly state: 'open' | 'closed'
  /** Null for every urgency. */
  readonly urgency: Urgency | null
  readonly order: (typeof caseloadOrders)[number]
  /** Cases that come before all others: those in which a second phrase was used. */
  readonly first: readonly CaseId[]
  readonly place: PlaceInList
}

/** Which of those who wait are shown. */
export type WaitingChoice = { readonly urgency: Urgency | null; readonly place: PlaceInList }

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
