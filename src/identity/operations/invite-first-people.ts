import { recordAct } from '../../audit/operations/record-act.ts'
import type { AgencyId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { Fault } from '../../platform/fault.ts'
import type { FirstPeople } from '../first-people.ts'
import { loadPeople } from '../store.ts'
import { inviteAtMachine } from './invite-at-machine.ts'
import { invitePerson, type LinkWithCode, makeLinkAtMachine } from './invite-person.ts'

export type FirstLink = LinkWithCode & { readonly role: 'administrator' | 'coordinator' }

/** Invites the administrator and the coordinator that a clinic begins with, and makes the link of each. */
export async function inviteFirstPeople(
  clinic: Clinic,
  transaction: Transaction,
  first: FirstPeople,
  agencyId: AgencyId,
): Promise<readonly FirstLink[]> {
  const administrator = await invitePerson(clinic, transaction, {
    ...first.administrator,
    role: 'administrator',
    agencyId,
  })
  const coordinator = await inviteAtMachine(clinic, transaction, { ...first.coordinator, agencyId })
  if (!administrator.allowed || !coordinator.allowed) {
    throw new Fault('sign-in-name-taken', 'Somebody has that sign-in name already.')
  }
  return [
    { role: 'administrator', token: administrator.token, code: administrator.code },
    { role: 'coordinator', token: coordinator.token, code: coordinator.code },
  ]
}

/** Makes new links for those of the first two who wait to join, while nobody of their role has joined. */
export async function renewFirstLinks(
  clinic: Clinic,
  transaction: Transaction,
): Promise<readonly FirstLink[]> {
  const people = await loadPeople(transaction)
  const links: FirstLink[] = []
  for (const role of ['administrator', 'coordinator'] as const) {
    const ofRole = people.filter(person => person.role === role)
    const waiting = ofRole.find(person => person.state === 'invited')
    if (!waiting || ofRole.some(person => person.state !== 'invited')) continue
    links.push({ role, ...(await makeLinkAtMachine(clinic, transaction, waiting.personId)) })
    await recordAct(transaction, { verb: 'invitation-renewed', subject: waiting.personId })
  }
  return links
}
