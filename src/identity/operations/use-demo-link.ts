import { recordAct } from '../../audit/operations/record-act.ts'
import type { Decision } from '../../foundation/decision.ts'
import type { Clinic } from '../../platform/clinic.ts'
import { decideInvitation } from '../invitation.ts'
import { hashOfToken } from '../secret-token.ts'
import { loadInvitation, useDemoLinkOnce } from '../sign-in-store.ts'
import { type Desk, startSession } from './start-session.ts'

/** Signs in the person a demo link is for; the link is used up. */
export async function useDemoLink(
  clinic: Clinic,
  token: string,
  desk?: Desk,
): Promise<Decision<{ readonly sessionToken: string }, 'unknown' | 'used' | 'expired'>> {
  const tokenHash = hashOfToken(token)
  if (!tokenHash || !clinic.isDemo) return { allowed: false, because: 'unknown' }
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'sign-in' } as const
  return clinic.database.transaction(actor, async transaction => {
    const isTaken = await useDemoLinkOnce(transaction, tokenHash)
    const invitation = await loadInvitation(transaction, tokenHash, 'demo-sign-in')
    if (!isTaken || !invitation) {
      const decision = decideInvitation(invitation, transaction.now)
      return decision.allowed ? { allowed: false, because: 'used' } : decision
    }
    const { personId } = invitation.person
    const sessionToken = await startSession(transaction, personId, desk)
    await recordAct(transaction, { verb: 'signed-in', subject: personId, detail: { by: 'demo-link' } })
    return { allowed: true, sessionToken }
  })
}
