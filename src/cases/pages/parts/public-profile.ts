import type { ServiceWorld } from '../../../directory/find-services.ts'
import { loadProfile } from '../../../directory/operations/load-profile.ts'
import { loadServices } from '../../../directory/operations/load-services.ts'
import type { Profile } from '../../../directory/profile.ts'
import type { Clinic } from '../../../platform/clinic.ts'

/** The clinic's profile for a page that nobody is signed in to. */
export async function publicProfile(clinic: Clinic): Promise<Profile> {
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'public-form' } as const
  return clinic.database.transaction(actor, loadProfile)
}

/** The clinic's services for such a page, with how far each entry can be trusted now. */
export async function publicServices(clinic: Clinic): Promise<ServiceWorld> {
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'public-form' } as const
  return clinic.database.transaction(actor, loadServices)
}
