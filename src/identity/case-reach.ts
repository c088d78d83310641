import { caseParts } from '../foundation/case-part.ts'
import { decidePermission } from './permission.ts'
import type { Role } from './role.ts'

/**
 * Whether somebody in this role ever reaches a case, or a referral at the front door. A link for such a role needs two
 * people (S12). The database decides the same in `unwatched.role_reaches_cases`; a test holds the two equal.
 */
export function reachesCases(role: Role): boolean {
  // A call handler covers no part of a case, and reads the referrals that they took.
  return role === 'call-handler' || caseParts.some(part => decidePermission(role, part, 'read'))
}
