/**
 * The tasks that the program does by itself: nobody sees what it opens for them. Every other task stands for somebody,
 * known or not: the command line, the public form, the door, the client. What is not on this list is taken for a person.
 */
export const doneByItself: readonly string[] = [
  'setup',
  'job-build-bundle',
  'job-carry-over-contact',
  'job-look-at-phrase-use',
  'job-mark-duplicates',
  'job-queue',
  'job-read-item',
  'job-review-due',
  'job-send-message',
  'job-tell-on-call',
]
