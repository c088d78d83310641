import { mostExceptionDays } from './exception.ts'
import { legalBasisTable } from './legal-basis.ts'

/**
 * What the clinic promises about sharing: when alone something goes to somebody without the client's agreement, and
 * how.
 */
export type SharingPromise = {
  readonly lead: string
  readonly only: readonly string[]
  readonly how: string
}

/**
 * The public promise, made of the list of legal bases and of nothing else, so that it can never promise more than the
 * program keeps. Its words say nothing of what the clinic is (S2).
 */
// UK GDPR Art 5(1)(a) and Art 13: a person who is asked for data is told on what basis it may be shared
export function writeSharingPromise(): SharingPromise {
  return {
    lead: 'We pass something about you on to somebody else only if you agree, or where the law lets us do it without asking you because:',
    only: legalBasisTable.map(({ promise }) => promise),
    how: `Then two of us must agree that it is necessary. It is for as short a time as it can be, ${mostExceptionDays} days at most, and we write down why, and whether you were told.`,
  }
}
