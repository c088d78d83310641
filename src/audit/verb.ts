/**
 * Every kind of act there is, by the room that records it. A verb is a past participle phrase in kebab-case. Anyone who
 * adds one says in the same change what staff read of it, and what the client reads: the tables of words do not compile
 * without.
 */

/** What is done in a case. */
export const verbsOfCase = [
  // audit
  'case-opened',
  'case-refused',
  // identity
  'client-sign-in-refused',
  'client-signed-in',
  'client-signed-out',
  'phrase-made',
  'duress-phrase-looked-into',
  'duress-notes-read',
  // cases
  'referral-received',
  'referral-read',
  'referral-triaged',
  'referral-not-ours',
  'triage-revised',
  'case-made',
  'case-closed',
  'case-reopened',
  'consent-given',
  'consent-withdrawn',
  'exception-asked-for',
  'exception-approved',
  'exception-refused',
  'exception-taken-back',
  'person-barred',
  'bar-lifted',
  'contact-revealed',
  // contact
  'contact-plan-changed',
  'channel-marked',
  'client-word-written',
  'client-word-ended',
  'message-asked-for',
  'message-refused',
  'message-sent',
  'message-not-sent',
  'message-stopped',
  'on-call-told',
  'task-raised',
  'task-done',
  // access-map
  'map-changed',
  'leaks-changed',
  'lock-out-changed',
  'device-checked',
  'device-check-changed',
  // evidence
  'evidence-taken-in',
  'evidence-read',
  'evidence-not-read',
  'evidence-set-aside',
  'reading-asked',
  'question-answered',
  'original-opened',
  'working-copy-made',
  'safe-copy-asked-for',
  'safe-copy-made',
  'safe-copy-not-made',
  'picture-looked-at',
  'picture-transcribed',
  'position-shown',
  // chronology
  'diary-entry-written',
  'incident-made',
  'incident-revised',
  'conduct-chosen',
  // appointments
  'appointment-booked',
  'appointment-moved',
  'appointment-cancelled',
  'appointment-place-shown',
  'appointment-notes-kept',
  'attendance-recorded',
  'follow-up-raised',
  'follow-up-tried',
  'follow-up-ended',
  // plans
  'plan-made',
  'plan-actions-added',
  'plan-action-changed',
  'plan-action-moved-on',
  'plan-reviewed',
  'plan-change-told',
  'plan-closed',
  'plan-reopened',
  // orders
  'order-recorded',
  'order-asked-for',
  'order-corrected',
  'order-served',
  'order-varied',
  'order-renewed',
  'order-discharged',
  'order-determined',
  'order-new-name',
  'order-new-address',
  'order-refused',
  'order-notified',
  'term-added',
  'term-ended',
  'breach-confirmed',
  'breach-rejected',
  // bundle
  'bundle-asked-for',
  'bundle-approved',
  'bundle-refused',
  'bundle-built',
  'bundle-not-built',
  'bundle-downloaded',
  // Recorded by earlier versions alone.
  'duress-phrase-used',
] as const

/** What is done about the clinic itself, in no case. */
export const verbsOfClinic = [
  // identity
  'clinic-opened',
  'signed-in',
  'signed-out',
  'sign-in-refused',
  'sign-in-refused-many-times',
  'client-sign-in-refused',
  'session-ended-by-guesses',
  'proof-refused',
  'own-credential-changed',
  'own-sessions-ended',
  'credential-change-known',
  'colleague-vouched-for',
  'third-person-confirmed',
  'person-invited',
  'person-enrolled',
  'person-set-up-again',
  'person-let-in-again',
  'person-suspended',
  'joining-refused',
  'link-asked-for',
  'new-link-asked-for',
  'return-asked-for',
  'link-request-withdrawn',
  'link-approved',
  'link-refused',
  'invitation-renewed',
  'administrator-invited-at-machine',
  'coordinator-invited-at-machine',
  'job-retried',
  'job-cancelled',
  'demo-person-added',
  // directory
  'profile-changed',
  'service-checked',
  // cases
  'pile-moved',
  'pile-cleared',
  'pile-brought-back',
  // appointments
  'working-hours-added',
  'working-hours-ended',
  'hours-removed',
  'leave-added',
  'leave-removed',
  // insight
  'figures-read',
  // cli
  'backup-made',
  'backup-restored',
] as const

/** What is listed as done about the clinic itself: also the command line's access to a case. */
export const verbsListedOfClinic = [...verbsOfClinic, 'case-opened'] as const

export type VerbOfCase = (typeof verbsOfCase)[number]
export type VerbOfClinic = (typeof verbsOfClinic)[number]
export type VerbListedOfClinic = (typeof verbsListedOfClinic)[number]
