import { recordAct } from '../../audit/operations/record-act.ts'
import type { Decision } from '../../foundation/decision.ts'
import type { Sha256 } from '../../foundation/digest.ts'
import { type LinkRequestId, makeId, type PersonId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { findInvitationEnd } from '../invitation.ts'
import type { NewPerson } from '../person.ts'
import { hashOfToken, makeToken } from '../secret-token.ts'
import { endInvitations, insertInvitation } from '../sign-in-store.ts'
import { insertPerson } from '../store.ts'
import { drawSecretWords, keepSecretWords } from './secret-words.ts'

/** A link, as the token after `/join/`, and the joining code that goes with it. Both are shown once and not kept. */
export type LinkWithCode = { readonly token: string; readonly code: readonly string[] }
export type Invited = LinkWithCode & { readonly personId: PersonId }

/**
 * Adds somebody to the clinic and makes their link and joining code, at the machine's command line. Everybody else comes
 * in by two people: the database refuses a person who tries (S12).
 */
export async function invitePerson(
  clinic: Clinic,
  transaction: Transaction,
  person: NewPerson,
): Promise<Decision<Invited, 'sign-in-name-taken'>> {
  const personId = makeId<PersonId>(transaction.now)
  if (!(await insertPerson(transaction, personId, person, 'invited'))) {
    return { allowed: false, because: 'sign-in-name-taken' }
  }
  const link = await makeLinkAtMachine(clinic, transaction, personId)
  await recordAct(transaction, { verb: 'person-invited', subject: personId, detail: { role: person.role } })
  return { allowed: true, personId, ...link }
}

/** Makes a link and its joining code at the machine, for somebody who is there already; earlier links end. */
export async function makeLinkAtMachine(
  clinic: Clinic,
  transaction: Transaction,
  personId: PersonId,
): Promise<LinkWithCode> {
  const token = makeToken()
  const code = drawSecretWords('joining-code')
  await makeInvitation(transaction, personId, token, {
    kept: await keepSecretWords(clinic, 'joining-code', personId, code),
  })
  return { token, code }
}

/** Makes the link for somebody who is there already, with the joining code it goes with; earlier links end. */
export async function makeInvitation(
  transaction: Transaction,
  personId: PersonId,
  token: string,
  code: { readonly requestId: LinkRequestId } | { readonly kept: Sha256 },
): Promise<void> {
  const tokenHash = hashOfToken(token)
  if (!tokenHash) throw new RangeError('an invitation token of the wrong shape')
  const expiresAt = findInvitationEnd(transaction.now)
  await endInvitations(transaction, 'enrol', personId)
  await insertInvitation(transaction, { tokenHash, personId, purpose: 'enrol', expiresAt, code })
}
