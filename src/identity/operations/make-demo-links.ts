import type { Clinic } from '../../platform/clinic.ts'
import { findInvitationEnd } from '../invitation.ts'
import { roleName, roles } from '../role.ts'
import { hashOfToken, makeToken } from '../secret-token.ts'
import { endInvitations, insertInvitation } from '../sign-in-store.ts'
import { loadPeople } from '../store.ts'

export type DemoLink = {
  readonly name: string
  readonly roleName: string
  readonly agencyName: string
  /** Goes after `/demo-sign-in/`; works once. */
  readonly token: string
}

/**
 * Makes a single-use sign-in link for everybody in a demo clinic, in the order of the roles; links of earlier starts
 * stop working. None where the clinic is not a demo or other machines can reach it.
 */
export async function makeDemoLinks(clinic: Clinic): Promise<readonly DemoLink[]> {
  if (!clinic.isDemo || !clinic.site.onLoopback) return []
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'sign-in' } as const
  return clinic.database.transaction(actor, async transaction => {
    await endInvitations(transaction, 'demo-sign-in')
    const people = (await loadPeople(transaction))
      .filter(person => person.state === 'active')
      .sort((one, other) => roles.indexOf(one.role) - roles.indexOf(other.role))
    const links: DemoLink[] = []
    for (const { personId, name, role, agencyName } of people) {
      const token = makeToken()
      const tokenHash = hashOfToken(token)
      if (!tokenHash) continue
      const expiresAt = findInvitationEnd(transaction.now)
      await insertInvitation(transaction, { tokenHash, personId, purpose: 'demo-sign-in', expiresAt })
      links.push({ name, roleName: roleName(role), agencyName, token })
    }
    return links
  })
}
