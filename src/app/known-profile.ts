import { loadProfile } from '../directory/operations/load-profile.ts'
import type { Profile } from '../directory/profile.ts'
import type { Clinic } from '../platform/clinic.ts'

/** The clinic's profile, to have at hand when the database is away; null when it cannot be read. */
export async function findKnownProfile(clinic: Clinic): Promise<Profile | null> {
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'public-form' } as const
  try {
    return await clinic.database.transaction(actor, loadProfile)
  } catch {
    return null
  }
}
