import type { Decision } from '../foundation/decision.ts'

const days = 7

/** When an invitation made now stops working. */
export function findInvitationEnd(madeAt: Date): Date {
  return new Date(madeAt.getTime() + days * 86_400_000)
}

/** Whether an invitation can still be used: once, and within a week. */
export function decideInvitation(
  invitation: { readonly usedAt: Date | null; readonly expiresAt: Date } | null,
  now: Date,
): Decision<object, 'unknown' | 'used' | 'expired'> {
  if (!invitation) return { allowed: false, because: 'unknown' }
  if (invitation.usedAt) return { allowed: false, because: 'used' }
  if (now >= invitation.expiresAt) return { allowed: false, because: 'expired' }
  return { allowed: true }
}
