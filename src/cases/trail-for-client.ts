import type { CountedActs, RecordedAct } from '../audit/act.ts'
import type { RecordedTask } from '../audit/recorded-task.ts'
import { type VerbOfCase, verbsOfCase } from '../audit/verb.ts'
import type { CasePart } from '../foundation/case-part.ts'
import { type OfAnotherVersion, ofAnotherVersion } from '../foundation/of-another-version.ts'
import { isNeutralTitle } from '../identity/neutral-title.ts'
import { type CountedLine, type TrailLine, type TrailVoice, writeCounted, writeTrail } from './trail-line.ts'

const parts = {
  overview: 'the first page of your file',
  referral: 'what you first told us',
  contact: 'how to reach you',
  triage: 'how soon to meet you',
  consent: 'who may see your file',
  appointment: 'your appointments',
  map: 'your devices and accounts',
  evidence: 'what you brought in',
  chronology: 'what happened, in order',
  diary: 'your notes',
  plan: 'your plan',
  order: 'your papers',
  bundle: 'copies made for you',
  trail: 'who has looked',
  [ofAnotherVersion]: 'your file',
} as const satisfies Readonly<Record<CasePart | OfAnotherVersion, string>>

/**
 * What was done with the file that does not concern the client alone, or would give away too much on a screen that
 * others see.
 */
const worked = 'Worked on your file'
/** Whatever became of it: one that was held back reads like one that left (S4). */
const aMessage = 'Saw to a message to you'

/**
 * What the client reads of each kind of act; null for what is shown in neither file. The second phrase is between the
 * client and the clinic: anyone who reads over their shoulder learns nothing of it (S4). What is done in a visit with
 * it, and about one, is in the companion of their case. Not shown: that staff looked into a use or read what was
 * written there, and what earlier versions wrote into the client's own file. A task is a note of the clinic to itself:
 * one that was raised because a message was held back would tell why. The access that went with it stays.
 */
const verbs = {
  'case-opened': 'Looked at',
  'case-refused': 'Was not let in to',
  'client-sign-in-refused': 'Somebody tried words that were not right',
  'client-signed-in': 'Signed in',
  'client-signed-out': 'Signed out',
  'phrase-made': 'Made new words for you',
  'duress-phrase-looked-into': null,
  'duress-notes-read': null,
  'referral-received': 'Took down what you told us',
  'referral-read': 'Read what you told us',
  'referral-triaged': worked,
  'referral-not-ours': worked,
  'triage-revised': worked,
  'case-made': 'Opened your file',
  'case-closed': 'Closed your file',
  'case-reopened': 'Opened your file again',
  'consent-given': 'Wrote down who may see your file',
  'consent-withdrawn': 'Wrote down who may no longer see your file',
  'exception-asked-for': worked,
  'exception-approved': worked,
  'exception-refused': worked,
  'exception-taken-back': worked,
  'person-barred': worked,
  'bar-lifted': worked,
  'contact-revealed': 'Uncovered a way to reach you',
  'contact-plan-changed': worked,
  'channel-marked': worked,
  'client-word-written': worked,
  'client-word-ended': worked,
  'message-asked-for': aMessage,
  'message-refused': aMessage,
  'message-sent': aMessage,
  'message-not-sent': aMessage,
  'message-stopped': aMessage,
  'on-call-told': null,
  'task-raised': null,
  'task-done': worked,
  'map-changed': worked,
  'leaks-changed': worked,
  'lock-out-changed': worked,
  'device-checked': worked,
  'device-check-changed': worked,
  'evidence-taken-in': 'Took in something you brought',
  'evidence-read': worked,
  'evidence-not-read': worked,
  'evidence-set-aside': worked,
  'reading-asked': worked,
  'question-answered': worked,
  'original-opened': 'Opened something you brought',
  'working-copy-made': 'Made a copy of a picture you brought, without what the camera wrote in it',
  'safe-copy-asked-for': worked,
  'safe-copy-made': worked,
  'safe-copy-not-made': worked,
  'picture-looked-at': 'Looked at a picture you brought',
  'position-shown': 'Uncovered where a picture you brought was taken',
  'picture-transcribed': 'Wrote down what a picture says that you brought',
  'diary-entry-written': 'Wrote a note',
  'incident-made': worked,
  'incident-revised': worked,
  'conduct-chosen': worked,
  'appointment-booked': 'Booked an appointment',
  'appointment-moved': 'Moved an appointment',
  'appointment-cancelled': 'Cancelled an appointment',
  'appointment-place-shown': worked,
  'appointment-notes-kept': worked,
  'attendance-recorded': worked,
  'follow-up-raised': worked,
  'follow-up-tried': worked,
  'follow-up-ended': worked,
  'plan-made': worked,
  'plan-actions-added': worked,
  'plan-action-changed': worked,
  'plan-action-moved-on': worked,
  'plan-reviewed': worked,
  'plan-change-told': worked,
  'plan-closed': worked,
  'plan-reopened': worked,
  'order-recorded': worked,
  'order-asked-for': worked,
  'order-corrected': worked,
  'order-served': worked,
  'order-varied': worked,
  'order-renewed': worked,
  'order-discharged': worked,
  'order-determined': worked,
  'order-new-name': worked,
  'order-new-address': worked,
  'order-refused': worked,
  'order-notified': worked,
  'term-added': worked,
  'term-ended': worked,
  'breach-confirmed': worked,
  'breach-rejected': worked,
  'bundle-asked-for': worked,
  'bundle-approved': worked,
  'bundle-refused': worked,
  'bundle-built': worked,
  'bundle-not-built': worked,
  'bundle-downloaded': 'Took a copy',
  'duress-phrase-used': null,
  [ofAnotherVersion]: worked,
} as const satisfies Readonly<Record<VerbOfCase | OfAnotherVersion, string | null>>

/** The kinds that are shown in neither file. */
export const untoldToClient: readonly VerbOfCase[] = verbsOfCase.filter(verb => verbs[verb] === null)

const isUntold = ({ verb, task }: Pick<RecordedAct, 'verb' | 'task'>): boolean =>
  task === 'job-look-at-phrase-use' || verbs[verb] === null || isPartOfMessage({ verb, task })

/** How the program saw to a message, whatever became of it. */
const endsOfMessage: readonly RecordedAct['verb'][] = ['message-sent', 'message-refused', 'message-not-sent']

/** The program's access, and the task it raises for a message, belong to the end of the message, which is shown. */
const isPartOfMessage = ({ verb, task }: Pick<RecordedAct, 'verb' | 'task'>): boolean =>
  task === 'job-send-message' && !endsOfMessage.includes(verb)

/** What the client did themselves is said to be theirs. */
const byClient: readonly RecordedAct['verb'][] = ['client-signed-in', 'client-signed-out']

/** Who it was where no name is known. What nobody can be named for is not put down to the program. */
const withoutName = {
  client: 'You',
  'job-command-line': 'Somebody at our computer',
  'public-form': 'Our form',
  'sign-in': 'Our computer',
  setup: 'Our computer',
  'job-build-bundle': 'Our computer',
  'job-carry-over-contact': 'Our computer',
  'job-keep-names': 'Our computer',
  'job-look-at-phrase-use': 'Our computer',
  'job-queue': 'Our computer',
  'job-read-item': 'Our computer',
  'job-review-due': 'Our computer',
  'job-send-message': 'Our computer',
  'job-tell-on-call': 'Our computer',
  'job-watch-machine': 'Our computer',
  [ofAnotherVersion]: 'Not known',
} as const satisfies Readonly<Record<RecordedTask | OfAnotherVersion, string>>

function sayWithoutName({ verb, task }: RecordedAct): string {
  if (byClient.includes(verb)) return 'You'
  if (task === null || (verb === 'client-sign-in-refused' && task !== 'client')) return 'Not known'
  return withoutName[task]
}

const voice: TrailVoice = {
  who: act => act.personName ?? sayWithoutName(act),
  agency: act => sayAgencyPlainly(act.agencyName ?? ''),
  did: ({ verb }) => verbs[verb] ?? worked,
  part: part => parts[part],
}

/**
 * The trail for the client themselves: who, from where, when, and which part of their file, in words that tell nothing
 * to anyone who stands beside them (S2). No access by a person is left out.
 */
export function writeTrailForClient(acts: readonly RecordedAct[]): readonly TrailLine[] {
  return writeTrail(
    acts.filter(act => !isUntold(act)),
    voice,
  )
}

/** What the program did by itself, for the client: by what was done, however many kinds of work that was. */
export function writeCountedForClient(acts: readonly CountedActs[]): readonly CountedLine[] {
  const lines = new Map<string, CountedLine>()
  for (const line of writeCounted(
    acts.filter(act => !isUntold(act)),
    voice,
  )) {
    const key = `${line.who} ${line.did}`
    const before = lines.get(key)
    lines.set(key, before ? join(before, line) : line)
  }
  return [...lines.values()]
}

/** Two counts of the same words as one; the latest comes first. */
const join = (latest: CountedLine, other: CountedLine): CountedLine => ({
  ...latest,
  times: latest.times + other.times,
  firstAt: new Date(Math.min(latest.firstAt.getTime(), other.firstAt.getTime())),
})

/** An agency by its name, or by the first letters of a name that would tell too much. */
function sayAgencyPlainly(name: string): string {
  if (isNeutralTitle(name)) return name
  return (name.match(/\p{L}+/gu) ?? []).map(word => (word[0] ?? '').toUpperCase()).join('')
}
