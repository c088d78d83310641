import type { CasePart } from '../foundation/case-part.ts'
import type { Decision } from '../foundation/decision.ts'
import type { AgencyId, ExceptionId, PersonId } from '../foundation/ids.ts'

/** What the law lets a clinic rest a sharing on that a client did not agree to. */
// UK GDPR Art 6(1)(d), Art 6(1)(ea) with Annex 1 (in force 5 February 2026: Data (Use and Access) Act 2025, Sch 4;
// SI 2026/82) and Art 6(1)(c); read in November 2026
export const legalBases = [
  'vital-interests',
  'safeguarding-vulnerable-individual',
  'crime-prevention',
  'court-order',
] as const
export type LegalBasis = (typeof legalBases)[number]

/** When the list of legal bases was last read against the law; it stands on screen. */
export const legalBasesReadOn = 'November 2026'

/** The longest that something may be shared without consent before it is asked for, and looked at, again. */
export const mostExceptionDays = 30

/** That a client was told, or why not. */
export type ToldClient = { readonly isTold: boolean; readonly notToldBecause: string }

/** What a coordinator asks for: an agency to see parts of a case without the client's consent, for a while. */
export type ExceptionChoice = ToldClient & {
  readonly agencyId: AgencyId
  readonly parts: readonly CasePart[]
  readonly legalBasis: LegalBasis
  readonly reason: string
  /** The first instant at which it is over. */
  readonly until: Date
}

export type ExceptionState = 'asked' | 'approved' | 'refused' | 'withdrawn'

export type ExceptionRequest = ExceptionChoice & {
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

export type ExceptionRefusal = 'already-decided' | 'same-person' | 'end-is-past'

/**
 * Two people for sharing without consent (S12): whoever asked does not decide, it is decided once, and what is over
 * before it began is not approved. The database holds the same.
 */
export function decideExceptionDecision(
  request: Pick<ExceptionRequest, 'state' | 'askedBy' | 'until'>,
  decider: PersonId,
  verdict: 'approved' | 'refused',
  now: Date,
): Decision<object, ExceptionRefusal> {
  if (request.state !== 'asked') return { allowed: false, because: 'already-decided' }
  if (request.askedBy === decider) return { allowed: false, because: 'same-person' }
  if (verdict === 'approved' && request.until <= now) return { allowed: false, because: 'end-is-past' }
  return { allowed: true }
}

export type WithdrawalRefusal = 'already-decided' | 'another-asked'

/** Whoever asked may take a request back, until it is decided: that takes one person, since it lets nobody in. */
export function decideExceptionWithdrawal(
  request: Pick<ExceptionRequest, 'state' | 'askedBy'>,
  by: PersonId,
): Decision<object, WithdrawalRefusal> {
  if (request.askedBy !== by) return { allowed: false, because: 'another-asked' }
  return request.state === 'asked' ? { allowed: true } : { allowed: false, because: 'already-decided' }
}

/** The legal basis as it stands on screen. */
export function sayLegalBasis(basis: LegalBasis): string {
  switch (basis) {
    // UK GDPR Art 6(1)(d)
    case 'vital-interests':
      return 'Somebody’s life is at risk (vital interests)'
    // UK GDPR Art 6(1)(ea) and Annex 1, in force 5 February 2026
    case 'safeguarding-vulnerable-individual':
      return 'To keep a vulnerable person safe (recognised legitimate interest)'
    // UK GDPR Art 6(1)(ea) and Annex 1, in force 5 February 2026
    case 'crime-prevention':
      return 'To find out, look into or prevent a crime (recognised legitimate interest)'
    // UK GDPR Art 6(1)(c)
    case 'court-order':
      return 'A court has ordered it (legal obligation)'
  }
}
