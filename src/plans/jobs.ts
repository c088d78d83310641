import { type CaseId, parseId } from '../foundation/ids.ts'
import { Fault } from '../platform/fault.ts'
import type { Job } from '../platform/jobs.ts'
import { raiseReview } from './operations/raise-review.ts'

/** What the room does by itself: it tells the people of a case that the day of a review has come. */
export const planJobs: readonly Job<'review-due'>[] = [
  {
    name: 'review-due',
    work: async (clinic, payload) => {
      const caseId = parseId<CaseId>(payload['caseId'] ?? '')
      if (!caseId) throw new Fault('job-payload', 'A job names no case.')
      return raiseReview(clinic, caseId)
    },
    // The plan and the list of reviews due also show the day, so nothing depends on this task alone.
    setAside: async () => 'rightly-nothing',
  },
]
