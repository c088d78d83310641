import type { CasePart } from '../foundation/case-part.ts'
import type { AgencyId, ConsentId, PersonId } from '../foundation/ids.ts'
import { sayMoment } from '../foundation/say-date.ts'

/** How a client gave consent. */
export const consentMethods = ['spoken-in-person', 'spoken-on-the-phone', 'in-writing'] as const
export type ConsentMethod = (typeof consentMethods)[number]

/**
 * A consent for one agency and some parts of a case; or, without the client's consent, a lawful exception with its
 * reason.
 */
export type Consent = {
  readonly consentId: ConsentId
  readonly agencyId: AgencyId
  readonly parts: readonly CasePart[]
  readonly basis: 'consent' | 'lawful-exception'
  readonly how: string
  readonly reason: string
  readonly recordedAt: Date
  readonly recordedBy: PersonId
  readonly inForceFrom: Date
  /** The first instant at which it is over by itself; null when it has no end. */
  readonly inForceUntil: Date | null
  readonly withdrawnAt: Date | null
  /** What was read and said yes and no to; empty of one that was recorded before words were kept, or without consent. */
  readonly words: string
  readonly wordsEdition: string
}

/** From when until when a consent holds. */
export type ConsentTerm = Pick<Consent, 'inForceFrom' | 'inForceUntil' | 'withdrawnAt'>

export type ConsentState = 'in-force' | 'not-yet' | 'ended' | 'withdrawn'

/**
 * The state of a consent at an instant. A withdrawal takes effect as soon as it stands, also for a server whose clock is
 * behind that of the one where it was made.
 */
export function findConsentState(consent: ConsentTerm, now: Date): ConsentState {
  if (consent.withdrawnAt) return 'withdrawn'
  if (consent.inForceUntil && consent.inForceUntil <= now) return 'ended'
  return consent.inForceFrom <= now ? 'in-force' : 'not-yet'
}

/** How consent was given, as it is shown on screen. */
export function sayConsentMethod(method: ConsentMethod): string {
  switch (method) {
    case 'spoken-in-person':
      return 'Spoken, in person'
    case 'spoken-on-the-phone':
      return 'Spoken, on the phone'
    case 'in-writing':
      return 'In writing'
  }
}

/** Until when a consent holds, as it is read to the client. */
export function sayConsentEnd(until: Date | null, zone: string): string {
  return until ? `It holds until ${sayMoment(until, zone)}` : 'It holds until you take it back'
}
