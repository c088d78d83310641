import { recordAct } from '../../audit/operations/record-act.ts'
import type { Decision } from '../../foundation/decision.ts'
import { type LinkRequestId, makeId, type PersonId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { endInvitations, insertInvitation } from '../door-store.ts'
import { findInvitationEnd } from '../invitation.ts'
import type { NewPerson } from '../person.ts'
import { hashOfToken, makeToken } from '../secret-token.ts'
import { insertPerson } from '../store.ts'

export type Invited = { readonly personId: PersonId; readonly token: string; readonly expiresAt: Date }

/**
 * Adds somebody to the clinic and makes the single-use link they enrol with: `/join/` and the token, which is shown
 * once and kept only as its hash. `token` may be given by a form that must show the same link when sent twice. For a
 * role that reaches cases only the first set-up may do it alone: the database refuses an administrator (S12).
 */
export async function invitePerson(
  transaction: Transaction,
  person: NewPerson,
  token: string = makeToken(),
): Promise<Decision<Invited, 'sign-in-name-taken'>> {
  const personId = makeId<PersonId>(transaction.now)
  if (!(await insertPerson(transaction, personId, person, 'invited'))) {
    return { allowed: false, because: 'sign-in-name-taken' }
  }
  const expiresAt = await makeInvitation(transaction, personId, token)
  await recordAct(transaction, { verb: 'person-invited', subject: personId, detail: { role: person.role } })
  return { allowed: true, personId, token, expiresAt }
}

/** Makes the link for somebody who is there already, by an approved request where it needs one; earlier links end. */
export async function makeInvitation(
  transaction: Transaction,
  personId: PersonId,
  token: string,
  requestId: LinkRequestId | null = null,
): Promise<Date> {
  const tokenHash = hashOfToken(token)
  if (!tokenHash) throw new RangeError('an invitation token of the wrong shape')
  const expiresAt = findInvitationEnd(transaction.now)
  await endInvitations(transaction, 'enrol', personId)
  await insertInvitation(transaction, { tokenHash, personId, purpose: 'enrol', expiresAt, requestId })
  return expiresAt
}
