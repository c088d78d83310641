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
 * Two people for a link that leads to cases (S12): whoever asked does not decide, nobody decides on a link of their
 * own, and it is decided once. The database holds the same.
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

export type RefusedAtMachine = 'coordinator-at-work' | 'sign-in-name-taken'

/**
 * Whether whoever keeps the machine may invite a coordinator from its command line: only while no coordinator is at
 * work who could approve. Somebody who has the sign-in name gets a new link if they are a coordinator.
 */
export function decideAtMachine(
  people: readonly Pick<Person, 'personId' | 'role' | 'state' | 'signInName'>[],
  signInName: string,
): Decision<{ readonly renews: PersonId | null }, RefusedAtMachine> {
  if (people.some(person => person.role === 'coordinator' && person.state === 'active')) {
    return { allowed: false, because: 'coordinator-at-work' }
  }
  const there = people.find(person => person.signInName === signInName)
  if (there && there.role !== 'coordinator') return { allowed: false, because: 'sign-in-name-taken' }
  return { allowed: true, renews: there?.personId ?? null }
}
