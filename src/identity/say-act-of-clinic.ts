import type { ActOfClinic } from '../audit/act.ts'
import type { RecordedTask } from '../audit/recorded-task.ts'
import type { VerbListedOfClinic } from '../audit/verb.ts'
import { type OfAnotherVersion, ofAnotherVersion } from '../foundation/of-another-version.ts'
import { parseRole, roleName } from './role.ts'
import { sayWork } from './say-stopped-work.ts'
import { unheardAtOnce } from './slow-down.ts'

const verbs = {
  'backup-made': 'Made a backup',
  'case-opened': 'Looked into a case',
  'clinic-opened': 'Made the clinic',
  'administrator-invited-at-machine': 'Made a link for an administrator at the machine, approved by nobody',
  'coordinator-invited-at-machine': 'Made a link for a coordinator at the machine, approved by nobody',
  'figures-read': 'Read the figures',
  'demo-person-added': 'Added an invented person',
  'invitation-renewed': 'Made a new link',
  'job-cancelled': 'Cancelled work that had stopped',
  'job-retried': 'Started work again',
  'link-approved': 'Approved a link and took it to hand over',
  'link-asked-for': 'Asked for a link',
  'link-refused': 'Did not approve a link',
  'link-request-withdrawn': 'Took back what was asked for',
  'new-link-asked-for': 'Asked for a new link',
  'joining-refused': 'Was refused at a link to join',
  'person-enrolled': 'Joined by a link',
  'person-set-up-again': 'Joined again by a link, with a new password and new codes',
  'proof-refused': 'Was refused when asked for their password again',
  'own-credential-changed': 'Changed what they sign in with',
  'own-sessions-ended': 'Ended sessions of their own',
  'credential-change-known': 'Said that they know of a change of their sign-in',
  'colleague-vouched-for': 'Gave their word that a colleague was with them, who joins again',
  'third-person-confirmed': 'Confirmed, as a third person, somebody who was set up again',
  'person-invited': 'Invited somebody and made the link',
  'person-let-in-again': 'Let somebody in again who had been stopped',
  'person-suspended': 'Stopped somebody signing in',
  'return-asked-for': 'Asked that somebody may sign in again',
  'backup-restored': 'Brought the clinic back from a backup',
  'sign-in-refused': 'Was refused at the sign-in',
  'sign-in-refused-many-times': `Was refused at the sign-in ${unheardAtOnce} times more, while told to wait`,
  'client-sign-in-refused': 'Turned away words at the clients’ sign-in that were not right',
  'session-ended-by-guesses': 'Was signed out after too many wrong passwords or codes',
  'pile-brought-back': 'Brought back public forms that had been cleared',
  'pile-cleared': 'Cleared public forms that a flood had set aside',
  'pile-moved': 'Moved public forms that had been set aside to triage',
  'profile-changed': 'Changed the clinic’s profile',
  'service-checked': 'Checked an entry of the other services',
  'signed-in': 'Signed in',
  'signed-out': 'Signed out',
  'working-hours-added': 'Added working hours',
  'working-hours-ended': 'Ended working hours',
  'hours-removed': 'Removed working hours',
  'leave-added': 'Added time away',
  'leave-removed': 'Removed time away',
  [ofAnotherVersion]: 'Did something that this version of the program has no words for',
} as const satisfies Readonly<Record<VerbListedOfClinic | OfAnotherVersion, string>>

const tasks = {
  setup: 'The machine’s command line',
  'sign-in': 'The sign-in page',
  client: 'A client',
  'public-form': 'The public form',
  'job-command-line': 'The machine’s command line',
  'job-build-bundle': 'The program, building a bundle',
  'job-carry-over-contact': 'The program, carrying over what was said about contact',
  'job-keep-names': 'The program, keeping names to be looked up',
  'job-look-at-phrase-use': 'The program, seeing which phrase was used',
  'job-queue': 'The program, seeing to its own work',
  'job-read-item': 'The program, reading evidence',
  'job-review-due': 'The program, seeing whether a review is due',
  'job-send-message': 'The program, sending a message',
  'job-tell-on-call': 'The program, telling those on call',
  'job-watch-machine': 'The program, watching over its machine',
  [ofAnotherVersion]: 'Somebody, or the program, as another version of it has written down',
} as const satisfies Readonly<Record<RecordedTask | OfAnotherVersion, string>>

/** An act about the clinic for people. */
export function sayActOfClinic(act: ActOfClinic): {
  readonly who: string
  readonly did: string
  readonly about: string
  /** Done at the machine, where no second person is asked. */
  readonly isAtMachine: boolean
} {
  const role = act.role === null ? null : parseRole(act.role)
  const about = [act.subjectName, role && roleName(role), act.job && sayWork(act.job)]
    .filter(Boolean)
    .join(', ')
  return {
    who: act.personName ?? (act.task === null ? 'Not known' : tasks[act.task]),
    did: verbs[act.verb],
    about,
    isAtMachine: act.task === 'setup' || act.task === 'job-command-line',
  }
}
