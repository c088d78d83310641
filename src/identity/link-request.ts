import type { Decision } from '../foundation/decision.ts'
import type { LinkRequestId, PersonId } from '../foundation/ids.ts'
import type { Person } from './person.ts'
import type { Role } from './role.ts'

export type LinkRequestState = 'asked' | 'approved' | 'refused' | 'withdrawn'

/** What an administrator asks for and a coordinator decides on: a link to join with, or that somebody may come back. */
export type LinkRequest = {
  readonly requestId: LinkRequestId
  readonly kind: 'new-person' | 'new-link' | 'return'
  /** Who would join: of a new link, who they are already; of somebody new, what was asked for. */
  readonly personId: PersonId
  readonly name: string
  readonly signInName: string
  readonly role: Role
  readonly agencyName: string
  readonly state: LinkRequestState
  readonly askedBy: PersonId
  readonly askedByName: string
  readonly askedAt: Date
  readonly decidedBy: PersonId | null
  readonly decidedByName: string | null
  readonly decidedAt: Date | null
  readonly reason: string
  /** Of a return: why they are to be let in again. */
  readonly askedBecause: string
}

export type RefusedLinkDecision = 'already-decided' | 'same-person' | 'own-link'

/**
 * Two people for a link that leads to cases (S12): the person who asked does not decide, nobody decides on a link of
 * their own, and it is decided once. The database holds the same.
 */
export function decideLinkDecision(
  request: Pick<LinkRequest, 'state' | 'askedBy' | 'personId'>,
  decider: PersonId,
): Decision<object, RefusedLinkDecision> {
  if (request.state !== 'asked') return { allowed: false, because: 'already-decided' }
  if (request.askedBy === decider) return { allowed: false, because: 'same-person' }
  if (request.personId === decider) return { allowed: false, because: 'own-link' }
  return { allowed: true }
}

/** The people for whom the machine's command line may make a link, when nobody at work could. */
export type RoleAtMachine = 'coordinator' | 'administrator'
export type RefusedAtMachine = 'somebody-at-work' | 'sign-in-name-taken'

/**
 * Whether the person who keeps the machine may invite somebody from its command line. A coordinator: only while none is
 * at work who could approve. An administrator: only while none is at work but the one who is named, since nobody else
 * could ask for them. Somebody who has the sign-in name gets a new link if they have that role.
 */
export function decideAtMachine(
  people: readonly Pick<Person, 'personId' | 'role' | 'state' | 'signInName'>[],
  signInName: string,
  role: RoleAtMachine,
): Decision<{ readonly renews: PersonId | null }, RefusedAtMachine> {
  const atWork = people.filter(person => person.role === role && person.state === 'active')
  const isOnlyOne = role === 'administrator' && atWork.every(person => person.signInName === signInName)
  if (atWork.length > 0 && !isOnlyOne) return { allowed: false, because: 'somebody-at-work' }
  const there = people.find(person => person.signInName === signInName)
  if (there && there.role !== role) return { allowed: false, because: 'sign-in-name-taken' }
  return { allowed: true, renews: there?.personId ?? null }
}
