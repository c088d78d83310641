import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import type { PageRequest } from '../../../web/request.ts'
import { listParkedJobs } from '../../operations/list-parked-jobs.ts'
import { retryJob } from '../../operations/retry-job.ts'
import type { StaffVisit } from '../../route.ts'
import { queueView } from './view.ts'

/** Shows the work that waits for a person. */
export async function showQueue(_request: PageRequest, visit: StaffVisit): Promise<Answer> {
  return showPage(queueView(visit, await listParkedJobs(visit.clinic)))
}

/** Starts a piece of it again. */
export async function takeRetry(request: PageRequest, visit: StaffVisit): Promise<Answer> {
  const isThere = await retryJob(visit.clinic, visit.actor, request.params['job'] ?? '')
  return isThere ? goTo('/admin/queue') : showPage(problemPage(404), 404)
}
