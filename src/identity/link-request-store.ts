import { sql } from 'kysely'
import type { Sha256 } from '../foundation/digest.ts'
import type { AgencyId, LinkRequestId, PersonId } from '../foundation/ids.ts'
import type { Transaction } from '../platform/database.ts'
import type { LinkRequest, LinkRequestState } from './link-request.ts'
import type { NewPerson } from './person.ts'
import { parseRole, type Role } from './role.ts'
import { normaliseSignInName } from './sign-in-name.ts'

/** What is asked for: somebody new, a new link for somebody who is there, or that somebody suspended may come back. */
export type NewLinkRequest = {
  readonly requestId: LinkRequestId
  readonly personId: PersonId
  readonly person: NewPerson | null
  /** Of a return: why. */
  readonly returnBecause?: string
  /** Of a link: what is kept of the joining code that the person who asked gives out. */
  readonly codeKept?: Sha256
}

/** Keeps what is asked for; false when the same is being asked for already. */
export async function insertLinkRequest(transaction: Transaction, asked: NewLinkRequest): Promise<boolean> {
  const { actor, now } = transaction
  const { person, returnBecause = '' } = asked
  const kind = person ? 'new-person' : returnBecause === '' ? 'new-link' : 'return'
  const added =
    await sql`insert into unwatched.link_request (clinic_id, request_id, person_id, kind, name, sign_in_name,
      role, agency_id, state, asked_by, asked_at, asked_because, code_kept)
    values (${actor.clinicId}, ${asked.requestId}, ${asked.personId}, ${kind},
      ${person?.name ?? null}, ${person ? normaliseSignInName(person.signInName) : null}, ${person?.role ?? null},
      ${person?.agencyId ?? null}, 'asked', ${actor.kind === 'person' ? actor.personId : null}, ${now},
      ${returnBecause}, ${asked.codeKept ?? null})
    on conflict do nothing`.execute(transaction.tables())
  return added.numAffectedRows === 1n
}

type LinkRequestRow = Omit<LinkRequest, 'role'> & { readonly role: string; readonly agencyId: AgencyId }

/** What is waiting, the oldest first; then what was decided lately, the newest first. Or one of them. */
export async function loadLinkRequests(
  transaction: Transaction,
  one?: LinkRequestId,
): Promise<readonly (LinkRequest & { readonly agencyId: AgencyId })[]> {
  const { clinicId } = transaction.actor
  const only = one ? sql`and r.request_id = ${one}` : sql``
  const found = await sql<LinkRequestRow>`
    select r.request_id as "requestId", r.kind, r.person_id as "personId",
      coalesce(r.name, p.name) as name, coalesce(r.sign_in_name, p.sign_in_name) as "signInName",
      coalesce(r.role, p.role) as role, g.agency_id as "agencyId", g.name as "agencyName", r.state,
      r.asked_by as "askedBy", asker.name as "askedByName", r.asked_at as "askedAt",
      r.decided_by as "decidedBy", decider.name as "decidedByName", r.decided_at as "decidedAt", r.reason,
      r.asked_because as "askedBecause"
    from unwatched.link_request r
    left join unwatched.person p on p.clinic_id = r.clinic_id and p.person_id = r.person_id
    join unwatched.agency g on g.clinic_id = r.clinic_id and g.agency_id = coalesce(r.agency_id, p.agency_id)
    join unwatched.person asker on asker.clinic_id = r.clinic_id and asker.person_id = r.asked_by
    left join unwatched.person decider on decider.clinic_id = r.clinic_id and decider.person_id = r.decided_by
    where r.clinic_id = ${clinicId} ${only}
    order by r.state <> 'asked', case when r.state = 'asked' then r.asked_at end, r.decided_at desc
    limit 200`.execute(transaction.tables())
  return found.rows.map(row => ({ ...row, role: readRole(row.role) }))
}

function readRole(text: string): Role {
  const role = parseRole(text)
  if (!role) throw new Error('a role that this version does not know')
  return role
}

/** One of them, held until the transaction ends, so that when two people decide at once the second sees the first. */
export async function holdLinkRequest(
  transaction: Transaction,
  requestId: LinkRequestId,
): Promise<(LinkRequest & { readonly agencyId: AgencyId }) | null> {
  await sql`select 1 from unwatched.link_request
    where clinic_id = ${transaction.actor.clinicId} and request_id = ${requestId} for update`.execute(
    transaction.tables(),
  )
  return (await loadLinkRequests(transaction, requestId))[0] ?? null
}

/** Decides what is still asked for, as the person acting. */
export async function saveLinkDecision(
  transaction: Transaction,
  requestId: LinkRequestId,
  decision: { readonly state: Exclude<LinkRequestState, 'asked'>; readonly reason: string },
): Promise<void> {
  const { actor, now } = transaction
  await sql`update unwatched.link_request set state = ${decision.state}, reason = ${decision.reason},
      decided_by = ${actor.kind === 'person' ? actor.personId : null}, decided_at = ${now}
    where clinic_id = ${actor.clinicId} and request_id = ${requestId} and state = 'asked'`.execute(
    transaction.tables(),
  )
}

/** Withdraws everything that is asked for somebody, when they are suspended before it was decided. */
export async function withdrawRequestsFor(transaction: Transaction, personId: PersonId): Promise<void> {
  const { actor, now } = transaction
  await sql`update unwatched.link_request set state = 'withdrawn',
      decided_by = ${actor.kind === 'person' ? actor.personId : null}, decided_at = ${now}
    where clinic_id = ${actor.clinicId} and person_id = ${personId} and state = 'asked'`.execute(
    transaction.tables(),
  )
}
