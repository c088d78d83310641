import { recordAct } from '../../audit/operations/record-act.ts'
import type { Decision } from '../../foundation/decision.ts'
import type { PersonId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { deleteSessionsOf } from '../door-store.ts'
import type { Person } from '../person.ts'
import { loadPerson, setPersonState } from '../store.ts'
import { makeInvitation } from './invite-person.ts'

/**
 * Gives somebody a new link to enrol with, after a lost phone or a lapsed link. Until they use it they
 * cannot sign in, and whoever is signed in as them is signed out. Of somebody whose role reaches cases an administrator
 * asks a coordinator instead (ask-for-link.ts); the database refuses anything else.
 */
export async function renewInvitation(
  transaction: Transaction,
  personId: PersonId,
  token: string,
): Promise<Decision<{ readonly person: Person }, 'unknown' | 'self' | 'suspended'>> {
  if (transaction.actor.kind === 'person' && transaction.actor.personId === personId) {
    return { allowed: false, because: 'self' }
  }
  const person = await loadPerson(transaction, personId)
  if (!person) return { allowed: false, because: 'unknown' }
  // Whoever was stopped comes back by two people, whatever their role (ask-for-link.ts).
  if (person.state === 'suspended') return { allowed: false, because: 'suspended' }
  await setPersonState(transaction, personId, 'invited')
  await deleteSessionsOf(transaction, personId)
  await makeInvitation(transaction, personId, token)
  await recordAct(transaction, { verb: 'invitation-renewed', subject: personId })
  return { allowed: true, person }
}
