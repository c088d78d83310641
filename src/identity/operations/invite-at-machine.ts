import { recordAct } from '../../audit/operations/record-act.ts'
import type { Decision } from '../../foundation/decision.ts'
import type { Transaction } from '../../platform/database.ts'
import { decideAtMachine, type RefusedAtMachine } from '../link-request.ts'
import type { NewPerson } from '../person.ts'
import { makeToken } from '../secret-token.ts'
import { normaliseSignInName } from '../sign-in-name.ts'
import { loadPeople, setPersonState } from '../store.ts'
import { invitePerson, makeInvitation } from './invite-person.ts'

/**
 * Makes a link for a coordinator from the machine's own command line, where nobody is left to approve one: the first
 * of a clinic, or when the last has gone. It says so in the acts that every coordinator and administrator reads.
 */
export async function inviteAtMachine(
  transaction: Transaction,
  person: Omit<NewPerson, 'role'>,
): Promise<Decision<{ readonly token: string }, RefusedAtMachine>> {
  const decision = decideAtMachine(await loadPeople(transaction), normaliseSignInName(person.signInName))
  if (!decision.allowed) return decision
  const token = makeToken()
  let personId = decision.renews
  if (personId) {
    await setPersonState(transaction, personId, 'invited')
    await makeInvitation(transaction, personId, token)
  } else {
    const invited = await invitePerson(transaction, { ...person, role: 'coordinator' }, token)
    if (!invited.allowed) return invited
    personId = invited.personId
  }
  await recordAct(transaction, { verb: 'coordinator-invited-at-machine', subject: personId })
  return { allowed: true, token }
}
