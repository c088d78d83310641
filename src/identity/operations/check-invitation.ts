import type { Decision } from '../../foundation/decision.ts'
import type { Clinic } from '../../platform/clinic.ts'
import { decideInvitation } from '../invitation.ts'
import { hashOfToken } from '../secret-token.ts'
import { type Invitation, type InvitationPurpose, loadInvitation } from '../sign-in-store.ts'

/** Finds whom a link is for, without using it: a preview that opens the page uses nothing up. */
export async function checkInvitation(
  clinic: Clinic,
  token: string,
  purpose: InvitationPurpose,
): Promise<Decision<Invitation, 'unknown' | 'used' | 'expired'>> {
  const tokenHash = hashOfToken(token)
  if (!tokenHash) return { allowed: false, because: 'unknown' }
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'sign-in' } as const
  return clinic.database.transaction(actor, async transaction => {
    const invitation = await loadInvitation(transaction, tokenHash, purpose)
    const decision = decideInvitation(invitation, transaction.now)
    if (!decision.allowed) return decision
    if (!invitation) return { allowed: false, because: 'unknown' }
    return { allowed: true, ...invitation }
  })
}
