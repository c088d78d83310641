import type { CasePart } from '../foundation/case-part.ts'
import type { Decision } from '../foundation/decision.ts'
import type { AgencyId, ExceptionId, PersonId } from '../foundation/ids.ts'
import { type BasisAnswers, findBasisProblems } from './basis-answers.ts'
import type { KeptBasis, LegalBasis } from './legal-basis.ts'

/** The longest that something may be shared without consent before it must be asked for, and decided, again. */
export const mostExceptionDays = 30

/** That a client was told, or why not. */
export type ClientInformed = { readonly isTold: boolean; readonly notToldBecause: string }

/** What a coordinator asks for: an agency to see parts of a case without the client's consent, for a while. */
export type ExceptionChoice = ClientInformed & {
  readonly agencyId: AgencyId
  readonly parts: readonly CasePart[]
  readonly legalBasis: LegalBasis
  /** What was answered to each limb of that basis, and the conditions beside it. */
  readonly grounds: BasisAnswers
  readonly reason: string
  /** The first instant at which it is over. */
  readonly until: Date
}

export type ExceptionState = 'asked' | 'approved' | 'refused' | 'withdrawn'

export type ExceptionRequest = Omit<ExceptionChoice, 'legalBasis' | 'grounds'> & {
  readonly legalBasis: KeptBasis
  /** Null where it was asked for before the limbs were. */
  readonly grounds: BasisAnswers | null
  readonly requestId: ExceptionId
  readonly state: ExceptionState
  readonly askedBy: PersonId
  readonly askedByName: string
  readonly askedAt: Date
  readonly decidedBy: PersonId | null
  readonly decidedByName: string | null
  readonly decidedAt: Date | null
  readonly note: string
}

/** Whether a sharing without consent may be asked for until then: not in the past, and at most thirty days. */
export function decideExceptionEnd(until: Date, now: Date): Decision<object, 'end-is-past' | 'too-long'> {
  if (until <= now) return { allowed: false, because: 'end-is-past' }
  const most = now.getTime() + mostExceptionDays * 86_400_000
  return until.getTime() > most ? { allowed: false, because: 'too-long' } : { allowed: true }
}

/** Whether a sharing without consent may be asked for: its end is allowed, and all it rests on was answered. */
export function decideExceptionAsk(
  choice: Pick<ExceptionChoice, 'until' | 'legalBasis' | 'grounds'>,
  isToPolice: boolean,
  now: Date,
): Decision<object, 'end-is-past' | 'too-long' | 'no-grounds'> {
  const { legalBasis, grounds, until } = choice
  return findBasisProblems(legalBasis, grounds, isToPolice).length > 0
    ? { allowed: false, because: 'no-grounds' }
    : decideExceptionEnd(until, now)
}

export type ExceptionRefusal = 'already-decided' | 'same-person' | 'end-is-past' | 'no-grounds'

/**
 * Two people for sharing without consent (S12). The person who asked does not decide, and it is decided once. What is
 * over before it began, or whose answers are not all there, is not approved. The database holds the same.
 */
export function decideExceptionDecision(
  request: Pick<ExceptionRequest, 'state' | 'askedBy' | 'until' | 'legalBasis' | 'grounds'>,
  decider: PersonId,
  verdict: 'approved' | 'refused',
  isToPolice: boolean,
  now: Date,
): Decision<object, ExceptionRefusal> {
  if (request.state !== 'asked') return { allowed: false, because: 'already-decided' }
  if (request.askedBy === decider) return { allowed: false, because: 'same-person' }
  if (verdict === 'refused') return { allowed: true }
  if (request.until <= now) return { allowed: false, because: 'end-is-past' }
  const { legalBasis, grounds } = request
  if (findBasisProblems(legalBasis, grounds, isToPolice).length > 0)
    return { allowed: false, because: 'no-grounds' }
  return { allowed: true }
}

export type WithdrawalRefusal = 'already-decided' | 'another-asked'

/**
 * The person who asked may take a request back, until it is decided: that takes one person, since it lets nobody in.
 */
export function decideExceptionWithdrawal(
  request: Pick<ExceptionRequest, 'state' | 'askedBy'>,
  by: PersonId,
): Decision<object, WithdrawalRefusal> {
  if (request.askedBy !== by) return { allowed: false, because: 'another-asked' }
  return request.state === 'asked' ? { allowed: true } : { allowed: false, because: 'already-decided' }
}
