import { z } from 'zod'
import type { CountedActs, RecordedAct } from '../audit/act.ts'
import type { RecordedTask } from '../audit/recorded-task.ts'
import type { VerbOfCase } from '../audit/verb.ts'
import type { CasePart } from '../foundation/case-part.ts'
import { type OfAnotherVersion, ofAnotherVersion } from '../foundation/of-another-version.ts'
import { sayCasePart } from './say-part.ts'

/** One line of the trail: what somebody did, or the parts of the case they opened in one go. */
export type TrailLine = {
  readonly at: Date
  readonly who: string
  readonly agency: string
  readonly did: string
  /** What was opened to do it; empty where nothing was, or where opening it is what was done. */
  readonly opened: string
  /** What the page showed something of beside what was asked for; empty where nothing. */
  readonly beside: string
  /** When the person who did it had been set up again, within the day before; null for everybody else. */
  readonly setUpAgainAt: Date | null
}

/** What the program did by itself, of one kind. */
export type CountedLine = {
  readonly who: string
  readonly did: string
  readonly times: number
  readonly firstAt: Date
  readonly lastAt: Date
}

const tasks = {
  client: 'The client',
  'sign-in': 'The sign-in',
  'job-command-line': 'The command line',
  'job-carry-over-contact': 'The program, carrying over what was said about contact',
  'job-queue': 'The program, seeing to its own work',
  'job-read-item': 'The program, reading evidence',
  'job-keep-names': 'The program, keeping names to be looked up',
  'job-look-at-phrase-use': 'The program, seeing which phrase was used',
  'job-review-due': 'The program, seeing whether a review is due',
  'job-send-message': 'The program, sending a message',
  'job-tell-on-call': 'The program, telling those on call',
  'job-build-bundle': 'The program, building a bundle',
  'public-form': 'The public form',
  'job-watch-machine': 'The program, watching over its machine',
  setup: 'The setting up of the clinic',
  [ofAnotherVersion]: 'Somebody, or the program, as another version of it has written down',
} as const satisfies Readonly<Record<RecordedTask | OfAnotherVersion, string>>

const verbs = {
  'bar-lifted': 'Lifted a bar on a member of staff',
  'person-barred': 'Barred a member of staff from this case',
  'case-made': 'Opened the case',
  'client-sign-in-refused': 'Turned away somebody whose words were nearly the client’s',
  'client-signed-in': 'Let the client in',
  'client-signed-out': 'Let the client out',
  'diary-entry-written': 'Wrote in the diary',
  'phrase-made': 'Made a case phrase',
  'duress-phrase-used': 'Was given the second phrase: the client may not be alone',
  'duress-phrase-looked-into': 'Looked into the use of the second phrase',
  'duress-notes-read': 'Read what was written with the second phrase',
  'on-call-told': 'Wrote to those on call that there is something to look at',
  'case-opened': 'Looked at',
  'case-refused': 'Was refused a look at',
  'consent-given': 'Recorded a consent',
  'consent-withdrawn': 'Recorded that a consent was withdrawn',
  'exception-asked-for': 'Asked to share without consent',
  'exception-approved': 'Approved a sharing without consent',
  'exception-refused': 'Refused a sharing without consent',
  'exception-taken-back': 'Took back a request to share without consent',
  'contact-revealed': 'Uncovered a contact detail',
  'evidence-taken-in': 'Took in evidence',
  'evidence-read': 'Read evidence into the chronology',
  'evidence-not-read': 'Did not read evidence: it was too long, was set aside, or could not be read',
  'evidence-set-aside': 'Set evidence aside, not to be read',
  'reading-asked': 'Said what is to be read of evidence',
  'question-answered': 'Answered a question about evidence',
  'original-opened': 'Opened an original',
  'working-copy-made': 'Made a copy of a picture, without what was written beside the pixels',
  'safe-copy-asked-for': 'Asked for a picture to be made again, to look at it',
  'safe-copy-made': 'Made a picture again from its pixels, to be looked at',
  'safe-copy-not-made': 'Could not make a picture that can be looked at',
  'picture-looked-at': 'Looked at a picture',
  'position-shown': 'Uncovered the position in a picture',
  'picture-transcribed': 'Typed off what a picture says',
  'appointment-booked': 'Booked an appointment',
  'appointment-moved': 'Moved an appointment',
  'appointment-cancelled': 'Cancelled an appointment',
  'appointment-place-shown': 'Uncovered where an appointment is',
  'appointment-notes-kept': 'Kept notes of an appointment',
  'attendance-recorded': 'Recorded what became of an appointment',
  'follow-up-raised': 'Raised a task, because the client did not come',
  'follow-up-tried': 'Tried the agreed safe way',
  'follow-up-ended': 'Ended the task to look for the client',
  'incident-made': 'Made an incident',
  'incident-revised': 'Revised an incident',
  'conduct-chosen': 'Chose which incidents are the course of conduct',
  'bundle-asked-for': 'Asked for a bundle',
  'bundle-approved': 'Approved a bundle',
  'bundle-refused': 'Refused a bundle',
  'bundle-not-built': 'Gave up building a bundle',
  'bundle-built': 'Built a bundle',
  'case-closed': 'Closed the case',
  'case-reopened': 'Opened the case again',
  'contact-plan-changed': 'Changed what was agreed about contact',
  'channel-marked': 'Said whether a way to reach the client can be observed',
  'client-word-written': 'Wrote down that the client says that a way to reach them is safe',
  'client-word-ended': 'What the client said of a way to reach them counts no longer',
  'message-asked-for': 'Asked for a message to the client',
  'message-refused': 'A message to the client was not let through',
  'message-sent': 'A message to the client was handed to the mail server',
  'message-not-sent': 'A message to the client did not leave, or may not have',
  'message-stopped': 'Stopped a message to the client that waited',
  'task-raised': 'Raised a task',
  'task-done': 'Did a task',
  'map-changed': 'Changed the access map',
  'leaks-changed': 'Changed the days of the leak finder',
  'lock-out-changed': 'Changed the lock-out plan',
  'device-checked': 'Recorded a check of a device or account',
  'device-check-changed': 'Changed what a check of a device or account says',
  'plan-made': 'Made the safety plan',
  'plan-actions-added': 'Added actions to the safety plan',
  'plan-action-changed': 'Changed an action of the safety plan',
  'plan-action-moved-on': 'Moved an action of the safety plan on',
  'plan-reviewed': 'Held a review of the safety plan',
  'plan-change-told': 'Told of a change that asks for a review',
  'plan-closed': 'Closed the safety plan',
  'plan-reopened': 'Reopened the safety plan',
  'order-recorded': 'Recorded an order',
  'order-asked-for': 'Asked for an order',
  'order-corrected': 'Corrected or completed an order',
  'order-served': 'Recorded that an order was served',
  'order-varied': 'Recorded that an order was varied',
  'order-renewed': 'Recorded that an order was renewed',
  'order-discharged': 'Recorded that an order was discharged',
  'order-determined': 'Recorded that the application for the full order was decided',
  'order-new-name': 'Recorded that the person an order is against uses a new name',
  'order-new-address': 'Recorded that the person an order is against has a new address',
  'order-refused': 'Recorded that an order was refused, or not applied for',
  'order-notified': 'Recorded that the served person notified the police',
  'term-added': 'Added a term to an order',
  'term-ended': 'Took a term out of an order',
  'breach-confirmed': 'Took an incident for a breach',
  'breach-rejected': 'Did not take an incident for a breach',
  'bundle-downloaded': 'Downloaded a bundle',
  'referral-received': 'Received the referral',
  'referral-read': 'Read the referral',
  'referral-triaged': 'Triaged the referral',
  'triage-revised': 'Revised the working type or the urgency',
  'referral-not-ours': 'Decided that the referral is not for this clinic',
  [ofAnotherVersion]: 'Did something that this version of the program has no words for',
} as const satisfies Readonly<Record<VerbOfCase | OfAnotherVersion, string>>

/**
 * What somebody who came with the second phrase did: not in the client's file, of which they saw nothing. Nothing else
 * can be done there; what has no line here reads as everywhere.
 */
const verbsInEmptyFile: Readonly<Partial<Record<VerbOfCase | OfAnotherVersion, string>>> = {
  'client-sign-in-refused': 'Turned away somebody whose words were nearly the second phrase',
  'client-signed-in': 'Let in somebody who gave the second phrase',
  'client-signed-out': 'Let out somebody who gave the second phrase',
  'diary-entry-written': 'Wrote a note in the empty file',
  'case-opened': 'Was shown',
}

/** How acts are put into words for one kind of reader. */
export type TrailVoice = {
  readonly who: (act: RecordedAct) => string
  readonly agency: (act: RecordedAct) => string
  readonly did: (act: RecordedAct) => string
  readonly part: (part: CasePart | OfAnotherVersion) => string
}

const staffVoice: TrailVoice = {
  who: act =>
    isInEmptyFile(act)
      ? 'With the second phrase, by whom is not known'
      : (act.personName ?? (act.task === null ? 'Not known' : tasks[act.task])),
  agency: act => act.agencyName ?? '',
  did: act => (isInEmptyFile(act) ? verbsInEmptyFile[act.verb] : undefined) ?? verbs[act.verb],
  part: sayCasePart,
}

const isInEmptyFile = ({ isOfCompanion, personName, task }: RecordedAct): boolean =>
  isOfCompanion && personName === null && (task === 'client' || task === 'sign-in')

/**
 * Writes the trail for people. What one person did in one go is one line: what they did, or else what they opened; and
 * beside it what was opened for it and what the page showed something of. Nothing is left out: an act of another
 * version that this one has no words for is a line that says so.
 */
export function writeTrail(
  acts: readonly RecordedAct[],
  voice: TrailVoice = staffVoice,
): readonly TrailLine[] {
  return gatherGoes(acts).map(go => {
    // The trail runs backwards; what was done first is shown first.
    const inOrder = go.toReversed()
    const [act] = go
    const partsOf = (those: readonly RecordedAct[]) => [
      ...new Set(those.map(each => (each.part === null ? '' : voice.part(each.part)))),
    ]
    const looks = inOrder.filter(isLook)
    const asked = partsOf(looks.filter(each => !isOf(each, 'beside')))
    const shown = partsOf(looks.filter(each => isOf(each, 'beside'))).filter(part => !asked.includes(part))
    const done = [...new Set(inOrder.filter(each => !isLook(each)).map(voice.did))]
    const { at, setUpAgainAt } = act
    const line = { at, who: voice.who(act), agency: voice.agency(act), setUpAgainAt }
    const say = (those: readonly string[]): string =>
      isInEmptyFile(act) && those.length > 0 ? `the empty file: ${joinParts(those)}` : joinParts(those)
    if (done.length > 0) return { ...line, did: done.join('. '), opened: say(asked), beside: say(shown) }
    const words = voice.did(act)
    // Where the access that was asked for is not among these, what was shown beside it is shown as an access.
    if (asked.length === 0) return { ...line, did: `${words} ${say(shown)}`, opened: '', beside: '' }
    return { ...line, did: `${words} ${say(asked)}`, opened: '', beside: say(shown) }
  })
}

type Go = readonly [RecordedAct, ...RecordedAct[]]

/** Gathers what was done in one go, and the rest of a visit with the access that it went on from. */
function gatherGoes(acts: readonly RecordedAct[]): readonly Go[] {
  const goes: [RecordedAct, ...RecordedAct[]][] = []
  for (const act of acts) {
    const go = goes.at(-1)
    const last = go?.at(-1)
    if (go && last && belongTogether(last, act)) go.push(act)
    else goes.push([act])
  }
  return goes
}

/** What the program did by itself, each kind in words. */
export function writeCounted(
  acts: readonly CountedActs[],
  voice: TrailVoice = staffVoice,
): readonly CountedLine[] {
  return acts.map(({ task, verb, part, times, firstAt, lastAt }) => {
    const act = { ...nobody, at: lastAt, task, verb, part }
    const did = isLook(act) ? `${voice.did(act)} ${part === null ? '' : voice.part(part)}` : voice.did(act)
    return { who: voice.who(act), did, times, firstAt, lastAt }
  })
}

const nobody = {
  actId: 0,
  inOneGo: '',
  personName: null,
  agencyName: null,
  subject: null,
  detail: {},
  isOfCompanion: false,
  setUpAgainAt: null,
}

const isLook = ({ verb }: RecordedAct): boolean => verb === 'case-opened' || verb === 'case-refused'

const openingSchema = z.object({ beside: z.literal(true).optional(), again: z.literal(true).optional() })
const isOf = ({ detail }: RecordedAct, kind: 'beside' | 'again'): boolean =>
  openingSchema.safeParse(detail).data?.[kind] === true

function belongTogether(later: RecordedAct, earlier: RecordedAct): boolean {
  // A refused access is a line of its own, never mixed with what somebody was let in to.
  if (later.verb === 'case-refused' || earlier.verb === 'case-refused') return false
  const isRestOfVisit = isOf(later, 'again') && isLook(earlier)
  return (
    (later.inOneGo === earlier.inOneGo || isRestOfVisit) &&
    later.personName === earlier.personName &&
    later.task === earlier.task
  )
}

function joinParts(parts: readonly string[]): string {
  if (parts.length < 2) return parts[0] ?? ''
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}
