import type { Transaction } from '../../platform/database.ts'
import { Fault } from '../../platform/fault.ts'
import { type Profile, parseProfile } from '../profile.ts'
import { loadProfileValue } from '../store.ts'

/** The profile of the clinic that is acting. Throws a fault when the one kept is not a profile of this program. */
export async function loadProfile(transaction: Transaction): Promise<Profile> {
  const parsed = parseProfile(await loadProfileValue(transaction))
  if (!parsed.ok) {
    throw new Fault(
      'profile-unreadable',
      `The clinic's profile cannot be read. ${parsed.problems.join('; ')}`,
    )
  }
  return parsed.profile
}
