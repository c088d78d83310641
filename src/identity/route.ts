import type { CaseMode, CasePart } from '../foundation/case-part.ts'
import type { AgencyId, CaseId, PersonId, SessionId } from '../foundation/ids.ts'
import type { Clinic } from '../platform/clinic.ts'
import type { Actor, Transaction } from '../platform/database.ts'
import type { Answer } from '../web/answer.ts'
import type { UploadLimits } from '../web/read-body.ts'
import type { PageRequest } from '../web/request.ts'
import type { CredentialChange } from './credential-change.ts'
import type { Role } from './role.ts'
import type { SecondPhraseAlarm } from './second-phrase.ts'

type Where = {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly upload?: UploadLimits
}

/** The member of staff whose request this is. */
export type StaffMember = {
  readonly personId: PersonId
  readonly agencyId: AgencyId
  readonly agencyName: string
  readonly role: Role
  readonly name: string
}

/** The state of the person who is signed in: what they are to be told, and what they are asked for again. */
export type SessionNotices = {
  readonly sessionId: SessionId
  /** When password and code were last given in this session. */
  readonly provedAt: Date
  /** Until when what takes two people waits for them, since they were set up again; null when it does not. */
  readonly waitsUntil: Date | null
  /** Changes of what they sign in with that they have not said they know of, the newest first. */
  readonly news: readonly CredentialChange[]
}

/** The person who is signed in, and their state. */
export type SignedIn = StaffMember & { readonly notices: SessionNotices }

export type PublicVisit = { readonly clinic: Clinic }

export type StaffVisit = {
  readonly clinic: Clinic
  readonly staff: StaffMember
  readonly actor: Extract<Actor, { kind: 'person' }>
  /** For the forms of the page, the sign-out button among them. */
  readonly csrfToken: string
  /** Where the reader is, so that the navigation can say so. */
  readonly path: string
  /**
   * Uses of a second phrase that nobody has looked into, of cases whose contact they keep: first on every page (S4).
   */
  readonly alarms: readonly SecondPhraseAlarm[]
  readonly notices: SessionNotices
}

/** A visit to a page of no case. */
export type ClinicVisit = StaffVisit & {
  /**
   * Works in one transaction as this person. On a route that reads at entry, the first is the one that the entry began: such
   * a page asks by nothing else before it.
   */
  readonly onClinic: <Result>(work: (transaction: Transaction) => Promise<Result>) => Promise<Result>
}

export type CaseVisit = StaffVisit & {
  readonly caseId: CaseId
  /**
   * What of this case they may read or change now (rule S5): a page offers only that. It was decided without opening
   * anything, when the guard let them in.
   */
  readonly sees: (part: CasePart, mode: CaseMode) => boolean
  /**
   * Works on the open case in one transaction, which records access to the route's part. A page of a case gets at its
   * data by nothing else, so a page cannot forget to be recorded.
   */
  readonly onCase: <Result>(work: (transaction: Transaction) => Promise<Result>) => Promise<Result>
}

/** A page for anyone: a client, a referrer, somebody the client lives with. */
export type PublicRoute = Where & {
  readonly kind: 'public'
  readonly answer: (request: PageRequest, visit: PublicVisit) => Promise<Answer>
}

/** A page for signed-in people in the named roles. */
export type StaffRoute = Where & {
  readonly kind: 'staff'
  readonly who: readonly Role[]
  /** A GET that reads in the transaction its entry began: one beginning the less, and what the entry read is known. */
  readonly readsAtEntry?: true
  readonly answer: (request: PageRequest, visit: ClinicVisit) => Promise<Answer>
}

/**
 * A page of one case (`/cases/:case…`): for those who may see this part of this case by rule S5.
 * Anybody else gets the page that does not say whether there is such a case.
 */
export type CaseRoute = Where & {
  readonly kind: 'case'
  readonly path: `/cases/:case${string}`
  readonly part: CasePart
  readonly mode: CaseMode
  /** Further parts that a GET always shows something of, as far as they are in sight: they are opened with the case. */
  readonly beside?: readonly CasePart[]
  /** A POST that changes nothing, because what it asks for may stand in no URL: it opens the case at its entry, as a GET does. */
  readonly readsAtEntry?: true
  /** What a page of the same part draws, such as a picture: to fetch it is the rest of the look at that page. */
  readonly isDrawnInPage?: true
  readonly answer: (request: PageRequest, visit: CaseVisit) => Promise<Answer>
}

/** The parts of their own case that a client sees. */
export type ClientPart = 'appointment' | 'plan' | 'diary' | 'trail'

/** What a page for a client gets: the client's own case, and no member of staff anywhere in it. */
export type ClientVisit = {
  readonly clinic: Clinic
  readonly actor: Extract<Actor, { kind: 'client' }>
  /** The client's own case, or the empty file that the second phrase opens: no page asks which. */
  readonly caseId: CaseId
  readonly csrfToken: string
  readonly path: string
  /** As for a page of a case: the client's own access is in the trail like everybody's. */
  readonly onCase: <Result>(work: (transaction: Transaction) => Promise<Result>) => Promise<Result>
}

/**
 * A page for a client who signed in with their phrase (`/my…`): their own case, while it is open. The second phrase
 * (rule S4) opens the very same page over a file of its own that is empty; no page can tell the two apart.
 */
export type ClientRoute = Where & {
  readonly kind: 'client'
  readonly path: `/my${string}`
  readonly part: ClientPart
  readonly mode: CaseMode
  /** Further parts that a GET always shows something of: they are opened with the file. */
  readonly beside?: readonly ClientPart[]
  readonly answer: (request: PageRequest, visit: ClientVisit) => Promise<Answer>
}

export type AnyRoute = PublicRoute | StaffRoute | CaseRoute | ClientRoute
