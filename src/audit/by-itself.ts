import type { RecordedTask } from './recorded-task.ts'

/**
 * Which tasks the program does by itself: nobody sees what it opens for them. Every other task is done for somebody,
 * known or not: the command line, the public form, the sign-in, the client. What is not on this list is taken for a
 * person.
 */
const isDoneByItself = {
  setup: true,
  'job-build-bundle': true,
  'job-carry-over-contact': true,
  'job-keep-names': true,
  'job-look-at-phrase-use': true,
  'job-queue': true,
  'job-read-item': true,
  'job-review-due': true,
  'job-send-message': true,
  'job-tell-on-call': true,
  'job-watch-machine': true,
  client: false,
  'job-command-line': false,
  'public-form': false,
  'sign-in': false,
} as const satisfies Readonly<Record<RecordedTask, boolean>>

/** The tasks that the program does by itself. */
export const doneByItself: readonly string[] = Object.entries(isDoneByItself).flatMap(([task, isByItself]) =>
  isByItself ? [task] : [],
)
