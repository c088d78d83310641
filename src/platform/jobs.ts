/** The queue, as the rooms use it. */
export { askForJob } from './ask-for-job.ts'
export type { Job, JobEnd, JobPayload, ParkedJob, SetAside, SetAsideName, StopCode } from './job.ts'
export { cancelParkedJob, loadParkedJobs, retryParkedJob } from './parked-jobs.ts'
export { loadQueueFigures, type QueueFigures } from './queue-figures.ts'
export { startJobs } from './start-jobs.ts'
