import type { CaseMode, CasePart } from '../foundation/case-part.ts'
import type { Decision } from '../foundation/decision.ts'
import type { AgencyId, PersonId } from '../foundation/ids.ts'
import { decidePermission } from '../identity/permission.ts'
import type { Role } from '../identity/role.ts'
import { type Consent, findConsentState } from './consent.ts'

/** Who would open, or change, which part of a case. */
export type AccessRequest = {
  readonly personId: PersonId
  readonly agencyId: AgencyId
  readonly role: Role
  readonly part: CasePart
  readonly mode: CaseMode
}

export type Bar = { readonly personId: PersonId; readonly liftedAt: Date | null }

export type SharingRefusal = 'barred-by-name' | 'role-does-not-cover-it' | 'no-consent-in-force'

/**
 * Rule S5, need to know: a person sees a part of a case only if no bar names them, their role covers that part, and
 * their agency is party to the case by a consent (or a recorded lawful exception) in force now that covers it too.
 * The database decides the same in `unwatched.sees_case`; a property test holds the two equal.
 */
export function decideSharing(
  request: AccessRequest,
  consents: readonly Pick<Consent, 'agencyId' | 'parts' | 'inForceFrom' | 'inForceUntil' | 'withdrawnAt'>[],
  bars: readonly Bar[],
  now: Date,
): Decision<object, SharingRefusal> {
  if (bars.some(bar => bar.personId === request.personId && bar.liftedAt === null)) {
    return { allowed: false, because: 'barred-by-name' }
  }
  if (!decidePermission(request.role, request.part, request.mode)) {
    return { allowed: false, because: 'role-does-not-cover-it' }
  }
  const isParty = consents.some(
    consent =>
      consent.agencyId === request.agencyId &&
      consent.parts.includes(request.part) &&
      findConsentState(consent, now) === 'in-force',
  )
  return isParty ? { allowed: true } : { allowed: false, because: 'no-consent-in-force' }
}
