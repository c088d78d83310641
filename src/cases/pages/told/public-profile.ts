import { loadProfile } from '../../../directory/operations/load-profile.ts'
import type { Profile } from '../../../directory/profile.ts'
import type { Clinic } from '../../../platform/clinic.ts'

/** The clinic's profile for a page that nobody is signed in to. */
export async function publicProfile(clinic: Clinic): Promise<Profile> {
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'public-form' } as const
  return clinic.database.transaction(actor, loadProfile)
}
