/**
 * As what the program acts where no person does: setting up, the sign-in or a form that the public uses, the machine's command
 * line, and everything it does by itself. A policy of the database may ask for the name; each act is recorded under it.
 */
export const taskNames = [
  'setup',
  'sign-in',
  'public-form',
  'job-command-line',
  'job-queue',
  'job-watch-machine',
  'job-read-item',
  'job-build-bundle',
  'job-send-message',
  'job-carry-over-contact',
  'job-tell-on-call',
  'job-review-due',
  'job-keep-names',
] as const

export type TaskName = (typeof taskNames)[number]
