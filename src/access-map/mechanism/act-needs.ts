/** Whom the client has to reach while they do a step, by phone or face to face. */
export const actHelpers = [
  'network',
  'bank',
  'maker',
  'garage',
  'solicitor',
  'police',
  'landlord',
  'post',
  'practice',
  'trained-person',
] as const
export type ActHelper = (typeof actHelpers)[number]

/** What has to be in the room, besides the device on which the step is done. */
export const actItems = ['thing', 'second-device', 'new-device', 'papers', 'notebook'] as const
export type ActItem = (typeof actItems)[number]

/**
 * What a kind of act takes. Minutes are of working time and a guess of ours: nobody has measured them. `days` is how long to
 * wait after the act before looking shows anything: the longest that the words of the entries allow for.
 */
export type ActNeeds = {
  readonly minutes: number
  readonly days?: number
  readonly helper?: ActHelper
  readonly items?: readonly ActItem[]
  /** It is done where the thing is, or at somebody’s office, and not in the room of the clinic. */
  readonly isElsewhere?: true
}

/** By the verb of a step, `change-password` of `change-password:t3`. The one place where this is said. */
const needsOfActs: Readonly<Record<string, ActNeeds>> = {
  'ask-others': { minutes: 15 },
  'ask-whoever-runs': { minutes: 20 },
  'change-admin': { minutes: 15, items: ['thing', 'notebook'], isElsewhere: true },
  'change-bills': { minutes: 15, items: ['notebook'] },
  'change-locks': { minutes: 60, helper: 'landlord', isElsewhere: true },
  'change-login': { minutes: 10, items: ['notebook'] },
  'change-passcode': { minutes: 5, items: ['thing'] },
  'change-password': { minutes: 10, items: ['notebook'] },
  'change-pin': { minutes: 5 },
  'change-recovery': { minutes: 10 },
  'clean-it': { minutes: 60, items: ['thing'], helper: 'trained-person' },
  'close-on': { minutes: 5, items: ['thing'] },
  'delete-codes': { minutes: 10 },
  'end-divert': { minutes: 20, items: ['thing'], helper: 'network' },
  'end-guardian': { minutes: 20, helper: 'maker' },
  'end-it-by-law': { minutes: 45, helper: 'solicitor', isElsewhere: true },
  'end-other-adult': { minutes: 20, helper: 'practice' },
  'find-codes': { minutes: 5 },
  'hand-over': { minutes: 30, helper: 'police', isElsewhere: true },
  'have-it-removed': { minutes: 30, helper: 'police', isElsewhere: true },
  'have-it-searched': { minutes: 60, helper: 'police', isElsewhere: true },
  'hide-on': { minutes: 5, items: ['thing'] },
  'keep-apart': { minutes: 5, items: ['notebook'] },
  'keep-off-papers': { minutes: 30, helper: 'solicitor' },
  'keep-warning': { minutes: 5, items: ['second-device'] },
  'leave-web': { minutes: 10 },
  'list-old-devices': { minutes: 20 },
  'move-it': { minutes: 10, items: ['thing'] },
  'network-pin': { minutes: 20, helper: 'network' },
  'new-keys': { minutes: 60, helper: 'garage', items: ['papers'], isElsewhere: true },
  'other-address': { minutes: 20 },
  'own-account': { minutes: 45, helper: 'bank', items: ['papers'] },
  'own-accounts': { minutes: 45 },
  'own-contract': { minutes: 45, helper: 'network', items: ['papers'] },
  'photograph-followers': { minutes: 15, items: ['second-device'] },
  'photograph-in-place': { minutes: 10, items: ['second-device'], isElsewhere: true },
  'photograph-program': { minutes: 10, items: ['thing', 'second-device'], helper: 'trained-person' },
  'photograph-settings': { minutes: 10, items: ['second-device'] },
  'prune-followers': { minutes: 20 },
  'redirect-post': { minutes: 20, helper: 'post' },
  'remove-devices': { minutes: 5 },
  'remove-managers': { minutes: 5 },
  'remove-them': { minutes: 5 },
  'replace-it': { minutes: 45, items: ['new-device'] },
  'replace-printed': { minutes: 20, items: ['notebook'], isElsewhere: true },
  'reset-it': { minutes: 30, items: ['thing'], isElsewhere: true },
  'retire-device': { minutes: 30, items: ['thing', 'new-device'], helper: 'police' },
  'search-for': { minutes: 60, isElsewhere: true },
  'settle-papers': { minutes: 60, helper: 'solicitor', items: ['papers'], isElsewhere: true },
  'sign-out-others': { minutes: 5 },
  'sim-pin': { minutes: 15, items: ['thing'] },
  'speak-elsewhere': { minutes: 10 },
  'stay-out-of-sight': { minutes: 15 },
  'stop-forwarding': { minutes: 10 },
  'stop-mail-copies': { minutes: 10 },
  'stop-sending': { minutes: 15, items: ['thing'], isElsewhere: true },
  'stop-sharing': { minutes: 5 },
  'take-card': { minutes: 5, items: ['thing'], isElsewhere: true },
  'take-down': { minutes: 45 },
  'tell-less': { minutes: 15 },
  'two-step': { minutes: 15, items: ['notebook'] },
  'unlink-it': { minutes: 10 },
  unplug: { minutes: 5, items: ['thing'], isElsewhere: true },
  'unshare-passwords': { minutes: 10 },
  'use-another': { minutes: 45 },
  'see-bills': { minutes: 5, days: 31, items: ['papers'] },
  'see-clean': { minutes: 20, days: 3, items: ['thing'], helper: 'trained-person' },
  'see-contract': { minutes: 5, days: 31, items: ['papers'] },
  'see-end-guardian': { minutes: 5, days: 1 },
  'see-end-other-adult': { minutes: 10, days: 7, helper: 'practice' },
  'see-followers': { minutes: 15, days: 3 },
  'see-new-keys': { minutes: 15, helper: 'garage', isElsewhere: true },
  'see-own-account': { minutes: 10, days: 31, items: ['papers'] },
  'see-pin': { minutes: 15, helper: 'network' },
  'see-put-away': { minutes: 10, items: ['thing'] },
  'see-recovery': { minutes: 5, days: 1 },
  'see-reset': { minutes: 5, days: 1 },
  'see-settle-papers': { minutes: 10, days: 31, items: ['papers'] },
  'see-silent': { minutes: 10, days: 1, items: ['thing'], isElsewhere: true },
}

/** How long a look takes whose kind of act has no row. */
const lookMinutes = 5

/**
 * What a step takes. An act without a row takes five minutes for each point of its effort, and no less than ten.
 *
 * @param effort of the step, as it is on the map
 */
export function findActNeeds(step: string, effort: number): ActNeeds {
  const verb = step.slice(0, step.indexOf(':'))
  const known = needsOfActs[verb]
  if (known) return known
  return { minutes: verb.startsWith('see-') ? lookMinutes : Math.max(10, 5 * effort) }
}

/** The kinds of act that have a row. */
export const actsWithNeeds: readonly string[] = Object.keys(needsOfActs)
