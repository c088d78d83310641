import type { NoResult, WhyEnded } from './why-ended.ts'

/**
 * Every code of a fault, by the room it is thrown in. Operators look for it in the log and in what a command says; with
 * what a command ends for each stands in `cli/explain-fault.ts`, which does not compile without.
 */
export type FaultCode =
  // platform: the configuration, the key and the machine
  | 'already-running'
  | 'disk-full'
  | 'key-exists'
  | 'key-inside-data'
  | 'key-malformed'
  | 'key-missing'
  | 'key-not-written'
  | 'key-too-open'
  | 'key-unreadable'
  | 'no-service-user'
  | 'originals-not-here'
  | 'process-not-started'
  | `process-ended-${WhyEnded}`
  | `calculation-${NoResult}`
  // platform: the database
  | 'database-before-release'
  | 'database-files'
  | 'database-lost'
  | 'database-newer'
  | 'database-not-empty'
  | 'database-not-made'
  | 'database-not-started'
  | 'database-password'
  | 'database-pooler'
  | 'database-silent'
  | 'database-too-old'
  | 'database-without-key'
  | 'migration-differs'
  | 'migration-failed'
  | 'migration-numbers'
  | 'no-embedded-database'
  | 'owner-too-strong'
  | 'program-role'
  | 'program-role-too-strong'
  | 'upgrade-while-served'
  // platform: backups
  | 'backup-altered'
  | 'backup-cut-short'
  | 'backup-disk-full'
  | 'backup-exists'
  | 'backup-first'
  | 'backup-folder'
  | 'backup-newer'
  | 'backup-not-one'
  | 'backup-not-read'
  | 'backup-of-another-program'
  | 'backup-other-key'
  | 'not-written'
  | 'restore-running'
  | 'restore-unfinished'
  // platform: what lies sealed or stored
  | 'blob-changed'
  | 'blob-differs'
  | 'blob-exists'
  | 'blob-id-malformed'
  | 'blob-not-read'
  | 'blob-not-written'
  | 'blobs-not-writable'
  | 'body-not-opened'
  | 'records-not-opened'
  | 'records-put-back'
  | 'case-key-not-opened'
  | 'field-not-opened'
  | 'name-not-opened'
  | 'seal-broken'
  | 'seal-of-another'
  | 'tally-not-opened'
  // every room that has jobs
  | 'job-payload'
  // identity
  | 'case-not-open'
  | 'code-secret'
  | 'no-such-person'
  | 'not-a-demo'
  | 'phrase-not-made'
  | 'session-token'
  | 'sign-in-name-taken'
  // directory
  | 'profile-unreadable'
  // cases
  | 'case-key-missing'
  | 'case-not-opened'
  | 'consent-at-once'
  // contact
  | 'contact-needs-a-person'
  | 'mail-did-not-leave'
  | 'message-in-hand'
  | 'no-mail-here'
  | 'on-call-not-reached'
  // evidence
  | 'digest-malformed'
  | 'made-file-broke-off'
  | 'no-account'
  | 'original-altered'
  | 'own-details-need-a-job'
  // chronology
  | 'diary-answer'
  | 'diary-is-the-clients'
  | 'incident-needs-a-person'
  // appointments
  | 'appointment-gone'
  | 'appointment-of-another-case'
  // bundle
  | 'bundle-case-missing'
  | 'bundle-digest'
  | 'bundle-item-missing'
  | 'bundle-not-built'
  | 'bundle-person-missing'
  | 'exhibits-read-again'
  // app
  | 'clinic-exists'
  | 'clinic-starting'
  | 'database-away'
  | 'database-unreachable'
  | 'no-such-calculation'
  | 'no-such-clinic'
  | 'no-such-job'
  | 'pages-keep-ending'
  | 'port-refused'
  | 'port-taken'
  | 'profile-not-json'
  | 'profile-wrong'
  | 'which-clinic'
  | 'wrong-key'
  // app/demo
  | 'demo-agency-missing'
  | 'demo-bundle-refused'
  | 'demo-case-closed'
  | 'demo-case-not-opened'
  | 'demo-file-refused'
  | 'demo-message-lost'
  | 'demo-no-time'
  | 'demo-not-booked'
  | 'demo-referral-lost'
  | 'demo-role-missing'
  | 'demo-time-wrong'
  // cli
  | 'demo-not-made'
  | 'nobody-waiting'
  | 'profile-not-read'

declare const carried: unique symbol

/**
 * A code that a fault brought from somewhere else: a library, the machine, the database, another process. No list of those
 * is ever whole; where it is shown it stands in brackets.
 */
export type CarriedCode = string & { readonly [carried]: true }

/** The code of whatever went wrong, to be carried by the fault that is thrown in its place. */
export function carryCode(cause: unknown): CarriedCode {
  const { code } = Object(cause) as { readonly code?: unknown }
  return (typeof code === 'string' && code !== '' ? code : 'unforeseen') as CarriedCode
}
