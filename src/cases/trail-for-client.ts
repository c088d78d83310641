import type { CountedActs, RecordedAct } from '../audit/act.ts'
import { isNeutralTitle } from '../identity/neutral-title.ts'
import { type CountedLine, type TrailLine, type TrailVoice, writeCounted, writeTrail } from './trail-line.ts'

const parts: Readonly<Record<string, string>> = {
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
}

const verbs: Readonly<Record<string, string>> = {
  'case-opened': 'Looked at',
  'case-refused': 'Was not let in to',
  'case-made': 'Opened your file',
  'case-closed': 'Closed your file',
  'case-reopened': 'Opened your file again',
  'client-sign-in-refused': 'Somebody tried words that were not right',
  'client-signed-in': 'Signed in',
  'client-signed-out': 'Signed out',
  'diary-entry-written': 'Wrote a note',
  'phrase-made': 'Made new words for you',
  'consent-given': 'Wrote down who may see your file',
  'consent-withdrawn': 'Wrote down who may no longer see your file',
  'contact-revealed': 'Uncovered a way to reach you',
  'appointment-booked': 'Booked an appointment',
  'appointment-moved': 'Moved an appointment',
  'appointment-cancelled': 'Cancelled an appointment',
  'evidence-taken-in': 'Took in something you brought',
  'original-opened': 'Opened something you brought',
  'working-copy-made': 'Made a copy of a picture you brought, without what the camera wrote in it',
  'bundle-downloaded': 'Took a copy',
  'referral-received': 'Took down what you told us',
  'referral-read': 'Read what you told us',
  'message-asked-for': 'Saw to a message to you',
  'message-sent': 'Saw to a message to you',
  'message-refused': 'Saw to a message to you',
  'message-not-sent': 'Saw to a message to you',
}

/**
 * The second phrase is between her and the clinic: whoever reads over her shoulder learns nothing of it (S4). What is done
 * in a visit with it, and about one, stands in the companion of her case. These are kinds that are told of neither file:
 * that staff looked into a use or read what was written there, and what earlier versions wrote into her own. A task is a
 * word of the clinic to itself: one that was raised because a message was held back would tell why. The look that went
 * with it stays.
 */
export const untoldToClient: readonly string[] = [
  'quiet-phrase-used',
  'quiet-phrase-looked-into',
  'quiet-notes-read',
  'on-call-told',
  'task-raised',
]

const isUntold = ({ verb, task }: Pick<RecordedAct, 'verb' | 'task'>): boolean =>
  task === 'job-look-at-phrase-use' || untoldToClient.includes(verb) || isPartOfMessage({ verb, task })

/** How the program saw to a message, whatever became of it: one that was held back reads like one that left. */
const endsOfMessage = ['message-sent', 'message-refused', 'message-not-sent']

/** The looks of the program and the task it raises for a message belong to its end, which is told. */
const isPartOfMessage = ({ verb, task }: Pick<RecordedAct, 'verb' | 'task'>): boolean =>
  task === 'job-send-message' && !endsOfMessage.includes(verb)

/** What she did herself is said to be hers. */
const hers = ['client-signed-in', 'client-signed-out']

/** Who it was where no name is known. What nobody can be named for is not laid to the program. */
function sayWithoutName({ verb, task }: RecordedAct): string {
  if (task === 'client' || hers.includes(verb)) return 'You'
  if (task === null || verb === 'client-sign-in-refused') return 'Not known'
  if (task === 'job-command-line') return 'Somebody at our computer'
  return task === 'public-form' ? 'Our form' : 'Our computer'
}

const voice: TrailVoice = {
  who: act => act.personName ?? sayWithoutName(act),
  agency: act => sayAgencyPlainly(act.agencyName ?? ''),
  did: ({ verb }) => verbs[verb] ?? 'Worked on your file',
  part: part => parts[part] ?? 'your file',
}

/**
 * The trail for the client herself: who, from where, when, and which part of her file, in words that tell nothing to
 * whoever stands beside her (S2). No look of a person is left out.
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

/** Two counts of the same words as one; they come the latest first. */
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
