import type { Decision } from '../foundation/decision.ts'
import type { AgencyId, BundleId, PersonId } from '../foundation/ids.ts'
import type { ChosenExhibits } from './exhibit-choice.ts'

/** What a bundle is for; each purpose says who receives it and what may be in it by default. */
export const bundlePurposes = ['police-report', 'client-copy', 'solicitor'] as const
export type BundlePurpose = (typeof bundlePurposes)[number]

const purposeNames: Readonly<Record<BundlePurpose, string>> = {
  'police-report': 'Report to the police',
  'client-copy': 'The client’s own copy',
  solicitor: 'The client’s solicitor',
}

export function purposeName(purpose: BundlePurpose): string {
  return purposeNames[purpose]
}

export function parsePurpose(text: string): BundlePurpose | null {
  return bundlePurposes.find(purpose => purpose === text) ?? null
}

/** What goes in besides the incidents and the exhibits they rest on. */
export type RequestedChoices = {
  /** Every record that was read, or only those that incidents rest on. */
  readonly records: 'all' | 'in-incidents'
  /** A short note for the person who opens it. */
  readonly note: string
  /** What becomes of each exhibit that could give the client away. */
  readonly exhibits: ChosenExhibits
}

/** Asked → being built, or refused; built → ready; a build that cannot be done → failed, and may be asked for again. */
export type BundleState = 'asked' | 'refused' | 'building' | 'ready' | 'failed'

export type BundleRequest = {
  readonly bundleId: BundleId
  readonly purpose: BundlePurpose
  readonly forAgencyId: AgencyId | null
  readonly forAgencyName: string | null
  readonly choices: RequestedChoices
  readonly state: BundleState
  readonly askedBy: PersonId
  readonly askedByName: string
  readonly askedAt: Date
  readonly decidedBy: PersonId | null
  readonly decidedByName: string | null
  readonly decidedAt: Date | null
  readonly decisionNote: string
  readonly fileName: string | null
  readonly size: number | null
  readonly sha256: string | null
  readonly blobId: string | null
  /** Of a bundle from before files were padded. */
  readonly builtAt: Date | null
  readonly failure: string
}

/** A bundle as far as it can be told without opening anything. */
export type BundleInShort = Pick<BundleRequest, 'purpose' | 'state' | 'askedAt'>

/** Where a bundle may go: a party to the case whose consent in force covers bundles. */
export type Recipient = { readonly agencyId: AgencyId; readonly name: string; readonly kind: string }

export type RefusedApproval = 'already-decided' | 'same-person' | 'exhibits-not-seen' | 'choices-open'

/**
 * A bundle needs two people: the person who asked for it cannot approve or refuse it, and it is decided once. The
 * database has the same rule as a constraint.
 */
export function decideApproval(
  request: Pick<BundleRequest, 'state' | 'askedBy'>,
  decider: PersonId,
): Decision<object, RefusedApproval> {
  if (request.state !== 'asked') return { allowed: false, because: 'already-decided' }
  if (request.askedBy === decider) return { allowed: false, because: 'same-person' }
  return { allowed: true }
}

export type RefusedRequest = 'no-agency' | 'agency-has-no-consent' | 'exhibits-not-seen' | 'choices-open'

/**
 * A bundle for the police goes to an agency that is party to the case by a consent in force that covers bundles. For
 * the other purposes it goes to the client or their solicitor, through the clinic's own hands.
 */
export function decideRequest(
  purpose: BundlePurpose,
  forAgency: AgencyId | null,
  agenciesWithConsent: readonly AgencyId[],
): Decision<object, RefusedRequest> {
  if (purpose !== 'police-report') return { allowed: true }
  if (!forAgency) return { allowed: false, because: 'no-agency' }
  return agenciesWithConsent.includes(forAgency)
    ? { allowed: true }
    : { allowed: false, because: 'agency-has-no-consent' }
}
