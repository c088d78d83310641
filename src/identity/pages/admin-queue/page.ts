import { readPlaceInList } from '../../../foundation/page-of-list.ts'
import type { ParkedJob } from '../../../platform/jobs.ts'
import { type Answer, goTo, showPage } from '../../../web/answer.ts'
import { problemPage } from '../../../web/problem-pages.ts'
import type { PageRequest } from '../../../web/request.ts'
import { type ActCheck, findActCheck } from '../../check-act.ts'
import { cancelJob } from '../../operations/cancel-job.ts'
import { findParkedJob, listParkedJobs } from '../../operations/list-parked-jobs.ts'
import { retryJob } from '../../operations/retry-job.ts'
import type { StaffVisit } from '../../route.ts'
import { sayIfCancelled, sayStop, sayWork } from '../../say-stopped-work.ts'
import { queueView } from './view.ts'

/** Shows the work that waits for a person. */
export async function showQueue({ query }: PageRequest, visit: StaffVisit): Promise<Answer> {
  const place = readPlaceInList(name => query.get(name))
  return showPage(queueView(visit, await listParkedJobs(visit.clinic, place)))
}

/** Starts a piece of it again. */
export async function takeRetry(request: PageRequest, visit: StaffVisit): Promise<Answer> {
  const isThere = await retryJob(visit.clinic, visit.actor, request.params['job'] ?? '')
  return isThere ? goTo('/admin/queue') : showPage(problemPage(404), 404)
}

/** Ends a piece of it for good, after a page that says what follows. */
export async function takeCancel(request: PageRequest, visit: StaffVisit): Promise<Answer> {
  const job = await findParkedJob(visit.clinic, request.params['job'] ?? '')
  if (!job) return showPage(problemPage(404), 404)
  const page = findActCheck(visit, request.form, cancelling(job))
  if (page) return page
  await visit.clinic.database.transaction(visit.actor, transaction => cancelJob(transaction, job))
  return goTo('/admin/queue')
}

function cancelling(job: ParkedJob): ActCheck {
  return {
    title: 'Cancel this work?',
    chosen: [
      { key: 'Work', value: sayWork(job.name) },
      { key: 'Why it stopped', value: sayStop(job.lastFault) },
    ],
    follows: [sayIfCancelled(job.name), 'It is recorded that you cancelled it.'],
    undo: 'It cannot be undone: this work is gone from the list.',
    action: `/admin/queue/${job.jobId}/cancel`,
    fields: {},
    button: 'Cancel this work',
    back: { href: '/admin/queue', text: 'Back to work that stopped' },
  }
}
