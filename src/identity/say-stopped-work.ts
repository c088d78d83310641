type Words = { readonly name: string; readonly ifCancelled: string }

const works: ReadonlyMap<string, Words> = new Map([
  [
    'read-item',
    {
      name: 'Reading a file of evidence',
      ifCancelled:
        'The item stays in the case with its original, and says that it was not read because reading was cancelled.',
    },
  ],
  [
    'build-bundle',
    {
      name: 'Building a bundle',
      ifCancelled:
        'The bundle says that it could not be built. Nothing leaves. Whoever needs it asks for it again.',
    },
  ],
  [
    'send-message',
    {
      name: 'Sending a reminder',
      ifCancelled:
        'The reminder is not sent, and the people of the case get a task to tell the client by a way that may be used.',
    },
  ],
  [
    'carry-over-contact',
    {
      name: 'Carrying over how a client may be reached',
      ifCancelled: 'The people of the case get a task to write the safe contact plan by hand.',
    },
  ],
  [
    'tell-on-call',
    {
      name: 'Writing to those on call',
      ifCancelled: 'Nobody on call is written to about this. Where there is an alarm, it stands and says so.',
    },
  ],
  [
    'review-due',
    {
      name: 'Raising a task for a review',
      ifCancelled: 'No task is raised. The review stands on the list of reviews that are due all the same.',
    },
  ],
  [
    'set-aside',
    {
      name: 'Saying that other work was not done',
      ifCancelled: 'What the other work was about goes on saying that it is being worked on.',
    },
  ],
])

/** What a piece of the program's work is, in words; one without words of its own is shown as it is called. */
export const sayWork = (job: string): string => works.get(job)?.name ?? job

/** What becomes of what a piece of work was about, once it is cancelled. */
export const sayIfCancelled = (job: string): string =>
  works.get(job)?.ifCancelled ?? 'It is not done, and whoever waits for it is not told.'

const faults: ReadonlyMap<string, string> = new Map([
  ['job-found-nothing', 'What it was asked to work on is not there'],
  ['job-of-another-clinic', 'It belongs to another clinic'],
  ['job-payload', 'It does not say what to work on'],
  ['job-died', 'The program ended twice while it was at it'],
  ['job-died-ended', 'Its process ended twice before it was done'],
  ['job-died-memory', 'It needed more memory than it may have, twice'],
  ['job-died-time', 'It took longer than it may, twice'],
  ['held-after-restore', 'It was held when the clinic was brought back from a backup'],
  ['disk-full', 'There was no room left on the disk'],
  ['process-not-started', 'A process for it could not be started'],
])

/** Why a piece of work stopped, in words with the code for whoever looks after the machine. */
export function sayStop(code: string): string {
  const words = faults.get(code)
  return words === undefined ? code : `${words} (${code})`
}
