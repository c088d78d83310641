import { recordAct } from '../../audit/operations/record-act.ts'
import type { Decision } from '../../foundation/decision.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { decideAtMachine, type RefusedAtMachine } from '../link-request.ts'
import type { NewPerson } from '../person.ts'
import { normaliseSignInName } from '../sign-in-name.ts'
import { loadPeople, setPersonState } from '../store.ts'
import { invitePerson, type LinkWithCode, makeLinkAtMachine } from './invite-person.ts'

/**
 * Makes a link for a coordinator from the machine's own command line, where nobody is left to approve one: the first
 * of a clinic, or when the last has gone. It says so in the acts that every coordinator and administrator reads.
 */
export async function inviteAtMachine(
  clinic: Clinic,
  transaction: Transaction,
  person: Omit<NewPerson, 'role'>,
): Promise<Decision<LinkWithCode, RefusedAtMachine>> {
  const decision = decideAtMachine(await loadPeople(transaction), normaliseSignInName(person.signInName))
  if (!decision.allowed) return decision
  if (decision.renews) {
    await setPersonState(transaction, decision.renews, 'invited')
    const link = await makeLinkAtMachine(clinic, transaction, decision.renews)
    await recordAct(transaction, { verb: 'coordinator-invited-at-machine', subject: decision.renews })
    return { allowed: true, ...link }
  }
  const invited = await invitePerson(clinic, transaction, { ...person, role: 'coordinator' })
  if (!invited.allowed) return invited
  await recordAct(transaction, { verb: 'coordinator-invited-at-machine', subject: invited.personId })
  return { allowed: true, token: invited.token, code: invited.code }
}
