import { recordAct } from '../../audit/operations/record-act.ts'
import type { Decision } from '../../foundation/decision.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { decideAtMachine, type RefusedAtMachine, type RoleAtMachine } from '../link-request.ts'
import type { NewPerson } from '../person.ts'
import { normaliseSignInName } from '../sign-in-name.ts'
import { loadPeople, setPersonState } from '../store.ts'
import { invitePerson, type LinkWithCode, makeLinkAtMachine } from './invite-person.ts'

/**
 * Makes a link for a coordinator or an administrator from the machine's own command line, where nobody is left to approve
 * or to ask: the first of a clinic, or when the last has gone. It says so in the acts that every coordinator and administrator reads.
 */
export async function inviteAtMachine(
  clinic: Clinic,
  transaction: Transaction,
  person: Omit<NewPerson, 'role'>,
  role: RoleAtMachine = 'coordinator',
): Promise<Decision<LinkWithCode, RefusedAtMachine>> {
  const name = normaliseSignInName(person.signInName)
  const decision = decideAtMachine(await loadPeople(transaction), name, role)
  const verb = `${role}-invited-at-machine` as const
  if (!decision.allowed) return decision
  if (decision.renews) {
    await setPersonState(transaction, decision.renews, 'invited')
    const link = await makeLinkAtMachine(clinic, transaction, decision.renews)
    await recordAct(transaction, { verb, subject: decision.renews })
    return { allowed: true, ...link }
  }
  const invited = await invitePerson(clinic, transaction, { ...person, role })
  if (!invited.allowed) return invited
  await recordAct(transaction, { verb, subject: invited.personId })
  return { allowed: true, token: invited.token, code: invited.code }
}
