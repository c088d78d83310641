import type { AgencyId } from '../../foundation/ids.ts'
import type { Transaction } from '../../platform/database.ts'
import { Fault } from '../../platform/fault.ts'
import type { FirstPeople } from '../first-people.ts'
import { makeToken } from '../secret-token.ts'
import { loadPeople } from '../store.ts'
import { inviteAtMachine } from './invite-at-machine.ts'
import { invitePerson } from './invite-person.ts'
import { renewInvitation } from './renew-invitation.ts'

export type FirstLink = { readonly role: 'administrator' | 'coordinator'; readonly token: string }

/** Invites the administrator and the coordinator that a clinic begins with, and makes the link of each. */
export async function inviteFirstPeople(
  transaction: Transaction,
  first: FirstPeople,
  agencyId: AgencyId,
): Promise<readonly FirstLink[]> {
  const administrator = await invitePerson(transaction, {
    ...first.administrator,
    role: 'administrator',
    agencyId,
  })
  const coordinator = await inviteAtMachine(transaction, { ...first.coordinator, agencyId })
  if (!administrator.allowed || !coordinator.allowed) {
    throw new Fault('sign-in-name-taken', 'Somebody has that sign-in name already.')
  }
  return [
    { role: 'administrator', token: administrator.token },
    { role: 'coordinator', token: coordinator.token },
  ]
}

/** Makes new links for whoever of the first two waits to join, while nobody of their role has joined. */
export async function renewFirstLinks(transaction: Transaction): Promise<readonly FirstLink[]> {
  const people = await loadPeople(transaction)
  const links: FirstLink[] = []
  for (const role of ['administrator', 'coordinator'] as const) {
    const ofRole = people.filter(person => person.role === role)
    const waiting = ofRole.find(person => person.state === 'invited')
    if (!waiting || ofRole.some(person => person.state !== 'invited')) continue
    const token = makeToken()
    await renewInvitation(transaction, waiting.personId, token)
    links.push({ role, token })
  }
  return links
}
