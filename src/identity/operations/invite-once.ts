import type { Decision } from '../../foundation/decision.ts'
import type { Transaction } from '../../platform/database.ts'
import type { NewPerson } from '../person.ts'
import { tokenOfForm } from '../secret-token.ts'
import { claimForm, loadClaim } from '../store.ts'
import { invitePerson } from './invite-person.ts'

/**
 * Invites somebody as a form asked, once however often it is sent: the same form answers the same link again, which
 * is made anew from the form and kept nowhere.
 */
export async function inviteOnce(
  transaction: Transaction,
  person: NewPerson,
  form: { readonly token: string; readonly key: Uint8Array },
): Promise<Decision<{ readonly token: string }, 'sign-in-name-taken'>> {
  const token = tokenOfForm(form.key, form.token)
  if (await loadClaim(transaction, form.token)) return { allowed: true, token }
  const invited = await invitePerson(transaction, person, token)
  if (invited.allowed) {
    await claimForm(transaction, form.token, invited.personId)
    return { allowed: true, token }
  }
  // The same form, sent at the same moment, has just taken the name.
  return (await loadClaim(transaction, form.token)) ? { allowed: true, token } : invited
}
