import type { Clinic } from '../../platform/clinic.ts'
import { loadParkedJobs, type ParkedJob } from '../../platform/jobs.ts'

/** The jobs of this clinic that wait for a person; an installation may hold other clinics. */
export async function listParkedJobs(clinic: Clinic): Promise<readonly ParkedJob[]> {
  const parked = await loadParkedJobs(clinic.database)
  return parked.filter(job => job.payload['clinicId'] === clinic.clinicId)
}
