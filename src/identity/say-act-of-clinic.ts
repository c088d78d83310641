import type { ActOfClinic } from '../audit/act.ts'
import { parseRole, roleName } from './role.ts'
import { unheardAtOnce } from './slow-down.ts'

const verbs: Readonly<Record<string, string>> = {
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
  'person-set-up-anew': 'Joined again by a link, with a new password and new codes',
  'proof-refused': 'Was refused when asked for their password again',
  'own-credential-changed': 'Changed what they sign in with',
  'own-sessions-ended': 'Ended sessions of their own',
  'credential-change-known': 'Said that they know of a change of their sign-in',
  'colleague-vouched-for': 'Gave their word that a colleague was with them, who joins again',
  'third-person-confirmed': 'Confirmed, as a third person, somebody who was set up anew',
  'person-invited': 'Invited somebody and made the link',
  'person-let-in-again': 'Let somebody in again who had been stopped',
  'person-suspended': 'Stopped somebody signing in',
  'return-asked-for': 'Asked that somebody may sign in again',
  'backup-restored': 'Brought the clinic back from a backup',
  'sign-in-refused': 'Was refused at the door',
  'sign-in-refused-many-times': `Was refused at the door ${unheardAtOnce} times more, while told to wait`,
  'client-sign-in-refused': 'Turned away words at the clients’ door that were not right',
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
  'leave-added': 'Added time away',
  'leave-removed': 'Removed time away',
}

const tasks: Readonly<Record<string, string>> = {
  setup: 'The machine’s command line',
  'sign-in': 'The sign-in door',
  'job-command-line': 'The machine’s command line',
  'public-form': 'The public form',
}

/** An act about the clinic for people; one without words of its own is shown as it was recorded. */
export function sayActOfClinic(act: ActOfClinic): {
  readonly who: string
  readonly did: string
  readonly about: string
  /** Done at the machine, where no second person is asked. */
  readonly isAtMachine: boolean
} {
  const role = act.role === null ? null : parseRole(act.role)
  const about = [act.subjectName, role && roleName(role), act.job].filter(Boolean).join(', ')
  return {
    who: act.personName ?? tasks[act.task ?? ''] ?? act.task ?? '',
    did: verbs[act.verb] ?? act.verb,
    about,
    isAtMachine: act.task === 'setup' || act.task === 'job-command-line',
  }
}
