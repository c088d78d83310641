import { z } from 'zod'
import { recordAct } from '../../audit/operations/record-act.ts'
import type { LinkRequestId, PersonId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { doOnce } from '../../platform/do-once.ts'
import { Fault } from '../../platform/fault.ts'
import { decideLinkDecision } from '../link-request.ts'
import { holdLinkRequest, saveLinkDecision } from '../link-request-store.ts'
import { hasJoined, insertPerson, loadPeople, setPersonState } from '../store.ts'
import { makeInvitation } from './invite-person.ts'

const answerSchema = z.union([
  z.object({ allowed: z.literal(true) }),
  z.object({
    allowed: z.literal(false),
    because: z.enum([
      'unknown',
      'already-decided',
      'same-person',
      'own-link',
      'sign-in-name-taken',
      'never-joined',
    ]),
  }),
])
export type LinkDecisionAnswer = z.output<typeof answerSchema>

/**
 * Approves a link that an administrator asked for. Somebody new is added as it was asked; somebody who is there is
 * invited again; and the link is made from `token`, for the person who approves to hand over. The same form sent twice
 * is one approval and one link. Somebody who was suspended comes back as who they were, without a link.
 */
export async function approveLink(
  transaction: Transaction,
  requestId: LinkRequestId,
  by: PersonId,
  link: { readonly token: string; readonly formToken: string },
): Promise<LinkDecisionAnswer> {
  return doOnce(
    transaction,
    `approve-link ${requestId}`,
    link.formToken,
    kept => answerSchema.parse(kept),
    () => approve(transaction, requestId, by, link.token),
  )
}

async function approve(
  transaction: Transaction,
  requestId: LinkRequestId,
  by: PersonId,
  token: string,
): Promise<LinkDecisionAnswer> {
  const request = await holdLinkRequest(transaction, requestId)
  if (!request) return { allowed: false, because: 'unknown' }
  const decision = decideLinkDecision(request, by)
  if (!decision.allowed) return decision
  const { personId, name, signInName, role, agencyId } = request
  if (request.kind === 'new-person') {
    const people = await loadPeople(transaction)
    if (people.some(person => person.signInName === signInName)) {
      return { allowed: false, because: 'sign-in-name-taken' }
    }
  }
  if (request.kind === 'return' && !(await hasJoined(transaction, personId))) {
    return { allowed: false, because: 'never-joined' }
  }
  // The approval first: the database lets somebody in, and a link be made, only in the transaction that approved it.
  await saveLinkDecision(transaction, requestId, { state: 'approved', reason: '' })
  if (request.kind === 'return') {
    await setPersonState(transaction, personId, 'active')
    await recordAct(transaction, { verb: 'person-let-in-again', subject: personId, detail: { role } })
    return { allowed: true }
  }
  if (request.kind === 'new-link') await setPersonState(transaction, personId, 'invited')
  else if (!(await insertPerson(transaction, personId, { name, signInName, role, agencyId }, 'invited'))) {
    throw new Fault('sign-in-name-taken', 'Somebody took this sign-in name at the same moment.')
  }
  await makeInvitation(transaction, personId, token, { requestId })
  await recordAct(transaction, { verb: 'link-approved', subject: personId, detail: { role } })
  return { allowed: true }
}

/** Refuses a link, with a reason that the person who asked will read. */
export async function refuseLink(
  transaction: Transaction,
  requestId: LinkRequestId,
  by: PersonId,
  reason: string,
): Promise<LinkDecisionAnswer> {
  const request = await holdLinkRequest(transaction, requestId)
  if (!request) return { allowed: false, because: 'unknown' }
  const decision = decideLinkDecision(request, by)
  if (!decision.allowed) return decision
  await saveLinkDecision(transaction, requestId, { state: 'refused', reason })
  await recordAct(transaction, {
    verb: 'link-refused',
    subject: request.personId,
    detail: { role: request.role },
  })
  return { allowed: true }
}
