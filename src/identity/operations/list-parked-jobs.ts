import type { Clinic } from '../../platform/clinic.ts'
import { loadParkedJobs, type ParkedJob } from '../../platform/jobs.ts'

/** The jobs of this clinic that wait for a person; an installation may hold other clinics. */
export async function listParkedJobs(clinic: Clinic): Promise<readonly ParkedJob[]> {
  return loadParkedJobs(clinic)
}

/** One of them; null when it is there no more, or another clinic's. */
export async function findParkedJob(clinic: Clinic, jobId: string): Promise<ParkedJob | null> {
  return (await loadParkedJobs(clinic)).find(parked => parked.jobId === jobId) ?? null
}
