import { loadProfile } from '../directory/operations/load-profile.ts'
import type { PhoneLine } from '../identity/pages/carry-on/unserved-view.ts'
import type { Clinic } from '../platform/clinic.ts'

/** The telephone line that the clinic's profile gives, to have at hand when the database is away; null when none is known. */
export async function findPhoneLine(clinic: Clinic): Promise<PhoneLine | null> {
  const actor = { kind: 'task', clinicId: clinic.clinicId, task: 'public-form' } as const
  try {
    return (await clinic.database.transaction(actor, loadProfile)).public.phone
  } catch {
    return null
  }
}
