import { codeOfTrouble, findTrouble, sayTrouble } from '../platform/database-trouble.ts'
import { Fault } from '../platform/fault.ts'
import type { FaultCode } from '../platform/fault-code.ts'
import type { Terminal } from './terminal.ts'

/** With what a command ends for each fault. */
const exits = {
  // The answer is no, or a person is needed first.
  'database-not-empty': 1,
  'restore-running': 1,
  // Nothing is wrong that waiting would not mend: `serve` waits by itself, any other command is run again.
  'database-away': 75,
  'database-lost': 75,
  'database-silent': 75,
  // About the configuration or the machine, not about the program.
  'already-running': 78,
  'backup-first': 78,
  'database-before-release': 78,
  'database-newer': 78,
  'database-not-made': 78,
  'database-pooler': 78,
  'database-too-old': 78,
  'database-unreachable': 78,
  'key-exists': 78,
  'key-inside-data': 78,
  'key-malformed': 78,
  'key-missing': 78,
  'key-not-written': 78,
  'key-too-open': 78,
  'key-unreadable': 78,
  'migration-differs': 78,
  'no-embedded-database': 78,
  'no-service-user': 78,
  'no-such-clinic': 78,
  'originals-not-here': 78,
  'owner-too-strong': 78,
  'port-refused': 78,
  'port-taken': 78,
  'program-role': 78,
  'program-role-too-strong': 78,
  'restore-unfinished': 78,
  'upgrade-while-served': 78,
  'which-clinic': 78,
  'wrong-key': 78,
  // A backup that cannot be made or used.
  'backup-altered': 2,
  'backup-cut-short': 2,
  'backup-disk-full': 2,
  'backup-exists': 2,
  'backup-folder': 2,
  'backup-newer': 2,
  'backup-not-one': 2,
  'backup-not-read': 2,
  'backup-of-another-program': 2,
  'backup-other-key': 2,
  // The program, or what it works on, is not as it should be.
  'appointment-gone': 70,
  'appointment-of-another-case': 70,
  'blob-changed': 70,
  'blob-differs': 70,
  'blob-exists': 70,
  'blob-id-malformed': 70,
  'blob-not-read': 70,
  'blob-not-written': 70,
  'blobs-not-writable': 70,
  'body-not-opened': 70,
  'bundle-case-missing': 70,
  'bundle-digest': 70,
  'bundle-item-missing': 70,
  'bundle-not-built': 70,
  'bundle-person-missing': 70,
  'calculation-busy': 70,
  'calculation-ended': 70,
  'calculation-given-up': 70,
  'calculation-memory': 70,
  'calculation-time': 70,
  'case-key-missing': 70,
  'case-key-not-opened': 70,
  'case-not-open': 70,
  'case-not-opened': 70,
  'clinic-exists': 70,
  'clinic-starting': 70,
  'code-secret': 70,
  'consent-at-once': 70,
  'contact-needs-a-person': 70,
  'database-files': 70,
  'database-not-started': 70,
  'database-password': 70,
  'database-without-key': 70,
  'demo-agency-missing': 70,
  'demo-bundle-refused': 70,
  'demo-case-closed': 70,
  'demo-case-not-opened': 70,
  'demo-file-refused': 70,
  'demo-message-lost': 70,
  'demo-no-time': 70,
  'demo-not-booked': 70,
  'demo-not-made': 70,
  'demo-referral-lost': 70,
  'demo-role-missing': 70,
  'demo-time-wrong': 70,
  'diary-answer': 70,
  'diary-is-the-clients': 70,
  'digest-malformed': 70,
  'disk-full': 70,
  'exhibits-read-again': 70,
  'field-not-opened': 70,
  'records-not-opened': 70,
  'records-put-back': 70,
  'incident-needs-a-person': 70,
  'job-payload': 70,
  'made-file-broke-off': 70,
  'mail-did-not-leave': 70,
  'message-in-hand': 70,
  'migration-failed': 70,
  'migration-numbers': 70,
  'name-not-opened': 70,
  'no-account': 70,
  'no-mail-here': 70,
  'no-such-calculation': 70,
  'no-such-job': 70,
  'no-such-person': 70,
  'nobody-waiting': 70,
  'not-a-demo': 70,
  'not-written': 70,
  'on-call-not-reached': 70,
  'original-altered': 70,
  'own-details-need-a-job': 70,
  'pages-keep-ending': 70,
  'phrase-not-made': 70,
  'process-ended-ended': 70,
  'process-ended-given-up': 70,
  'process-ended-memory': 70,
  'process-ended-stopping': 70,
  'process-ended-time': 70,
  'process-not-started': 70,
  'profile-not-json': 70,
  'profile-not-read': 70,
  'profile-unreadable': 70,
  'profile-wrong': 70,
  'seal-broken': 70,
  'seal-of-another': 70,
  'session-token': 70,
  'sign-in-name-taken': 70,
  'tally-not-opened': 70,
} as const satisfies Readonly<Record<FaultCode, 1 | 2 | 70 | 75 | 78>>

const exitOf: ReadonlyMap<string, number> = new Map(Object.entries(exits))

/** Says in one line what went wrong, and answers the exit code. Never a stack, and never a word of a case. */
export function explainFault(fault: unknown, terminal: Terminal): number {
  if (fault instanceof Fault) {
    terminal.err(fault.message)
    return exitOf.get(fault.code) ?? 70 // a code that was carried here from somewhere else
  }
  const trouble = findTrouble(fault)
  if (trouble) {
    terminal.err(`${sayTrouble(trouble)} (${codeOfTrouble(fault)}). Run it again when that is mended.`)
    return 75
  }
  const code = (fault as { code?: unknown }).code
  terminal.err(
    `The program stopped at something it did not foresee${typeof code === 'string' ? ` (${code})` : ''}.`,
  )
  if (process.env['UNWATCHED_DEBUG']) terminal.err(String((fault as Error).stack ?? fault))
  else
    terminal.err('Set UNWATCHED_DEBUG=yes and run it again to see where; that output may hold personal data.')
  return 70
}
