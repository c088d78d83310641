import type { CaseId, PersonId } from '../foundation/ids.ts'
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
