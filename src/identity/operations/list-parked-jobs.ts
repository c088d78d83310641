import { beginningOfList, type PageOfList, type PlaceInList } from '../../foundation/page-of-list.ts'
import type { Clinic } from '../../platform/clinic.ts'
import { loadParkedJobs, type ParkedJob } from '../../platform/jobs.ts'

/** A page of the jobs of this clinic that wait for a person; an installation may hold other clinics. */
export async function listParkedJobs(clinic: Clinic, place: PlaceInList): Promise<PageOfList<ParkedJob>> {
  return loadParkedJobs(clinic, place)
}

/** One of them; null when it is there no more, or another clinic's. */
export async function findParkedJob(clinic: Clinic, jobId: string): Promise<ParkedJob | null> {
  return (await loadParkedJobs(clinic, beginningOfList, jobId)).lines[0] ?? null
}
