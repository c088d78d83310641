import { updateVerdictsBeforeSending } from '../access-map/operations/update-verdicts-before-sending.ts'
import { bundleJobs } from '../bundle/jobs.ts'
import { caseJobs } from '../cases/jobs.ts'
import { makeContactJobs } from '../contact/jobs.ts'
import { evidenceJobs } from '../evidence/jobs.ts'
import type { JobName } from '../foundation/job-name.ts'
import { planJobs } from '../plans/jobs.ts'
import type { Job } from '../platform/jobs.ts'

/** Everything the program does by itself. */
export const jobs: readonly Job<JobName>[] = [
  ...makeContactJobs(updateVerdictsBeforeSending),
  ...evidenceJobs,
  ...bundleJobs,
  ...planJobs,
  ...caseJobs,
]
