import { z } from 'zod'
import { areaDoubts, type CouncilAnswer } from '../directory/area.ts'
import type { CaseId, PersonId } from '../foundation/ids.ts'
import type { CyberstalkedAnswer, Eligibility, YesNoUnknown } from './eligibility.ts'
import { type RedFlag, redFlags } from './red-flags.ts'

/** Who the suspected person is to the client, as far as anybody knows. */
export const relations = [
  'partner',
  'former-partner',
  'family',
  'known',
  'work',
  'stranger',
  'not-known',
] as const
export type Relation = (typeof relations)[number]

/** A channel, and whether the client said it is safe. Unknown means silence (S1). */
export type ReferralChannel = {
  readonly value: string
  readonly safe: YesNoUnknown
}

/** The kinds of sealed field (S6). None of them is ever in a list, an address or a log. */
export const sealedFieldKinds = [
  'postcode',
  'phone',
  'email',
  'other-way',
  'safe-times',
  'voicemail',
  'code-words',
] as const
export type SealedFieldKind = (typeof sealedFieldKinds)[number]

/** A referral as it was answered: read from the form or the call, and not yet decided. */
export type ReferralAnswers = {
  readonly filledBy: 'client' | 'someone-else'
  readonly clientName: string
  readonly words: string
  readonly safeToTalk: YesNoUnknown
  readonly dangerNow: YesNoUnknown
  readonly adult: YesNoUnknown
  readonly cyberstalked: CyberstalkedAnswer
  readonly postcode: string
  readonly council: CouncilAnswer
  readonly flags: readonly RedFlag[]
  readonly suspectName: string
  readonly relation: Relation
  readonly howHeard: string
  readonly wantsContact: YesNoUnknown
  /** The questions of consent as they were shown or read out, with what was answered. */
  readonly agreedWords: string
  readonly contactChannels: {
    readonly phone: ReferralChannel
    readonly email: ReferralChannel
    readonly other: ReferralChannel
  }
  readonly safeTimes: string
  readonly voicemail: string
  readonly codeWords: string
}

const yesNo = z.enum(['yes', 'no', 'unknown'])
const known = z.enum(redFlags)

/** What is kept of a referral in the open: no channel and no address of the client is in it. */
export const keptAnswersSchema = z.object({
  filledBy: z.enum(['client', 'someone-else']),
  words: z.string(),
  safeToTalk: yesNo,
  dangerNow: yesNo,
  adult: yesNo,
  cyberstalked: z.enum(['yes', 'maybe', 'fraud', 'other', 'unknown']),
  flags: z.array(known),
  relation: z.enum(relations),
  howHeard: z.string(),
  wantsContact: yesNo,
  /** What was asked about reaching them, and answered, in the words that were read; empty of an earlier one. */
  agreedWords: z.string().default(''),
})
export type KeptAnswers = z.output<typeof keptAnswersSchema>

/** A decision as it is kept beside the referral. */
export const keptDecisionSchema = z.object({
  outcome: z.enum(['ours', 'ask', 'not-ours']),
  area: z.enum(['inside', 'outside', 'unknown']),
  /** Why it is not known where they live; null where it is, or was not kept. */
  areaDoubt: z.enum(areaDoubts).nullable().default(null),
  ask: z.array(z.enum(['adult', 'area', 'cyberstalked'])),
  because: z.array(z.enum(['under-age', 'other-area', 'not-cyberstalking', 'other-reason'])),
  note: z.string(),
})
export type KeptDecision = z.output<typeof keptDecisionSchema>

/** `set-aside`: in the pile of a flood. `cleared`: taken out of it unread; it can be brought back. */
export type ReferralState = 'waiting' | 'triaged' | 'opened' | 'not-ours' | 'set-aside' | 'cleared'

/** Whether there is nothing of a referral to triage or to open. */
export const isGone = (state: ReferralState): boolean => state === 'not-ours' || state === 'cleared'

/** A referral as a coordinator reads it. */
export type Referral = {
  readonly caseId: CaseId
  readonly reference: string
  readonly receivedBy: 'phone' | 'public-form'
  readonly receivedAt: Date
  readonly takenBy: PersonId | null
  readonly state: ReferralState
  /** Its names were matched against the clinic's; a form from outside is matched when somebody first opens it. */
  readonly isMatched: boolean
  readonly clientName: string
  readonly suspectName: string
  readonly answers: KeptAnswers
  readonly decision: KeptDecision
}

/** What of the referral answers is kept in the open. */
export function findKeptAnswers(answers: ReferralAnswers): KeptAnswers {
  const { filledBy, words, safeToTalk, dangerNow, adult, cyberstalked, relation, howHeard, wantsContact } =
    answers
  const { agreedWords } = answers
  const flags = [...answers.flags]
  return {
    filledBy,
    words,
    safeToTalk,
    dangerNow,
    adult,
    cyberstalked,
    flags,
    relation,
    howHeard,
    wantsContact,
    agreedWords,
  }
}

/** The least that is kept when a referral is not ours: that somebody asked, and why it was not. */
export const leastAnswers: KeptAnswers = {
  filledBy: 'client',
  words: '',
  safeToTalk: 'unknown',
  dangerNow: 'unknown',
  adult: 'unknown',
  cyberstalked: 'unknown',
  flags: [],
  relation: 'not-known',
  howHeard: '',
  wantsContact: 'unknown',
  agreedWords: '',
}

/** A decision in the form it is kept in. */
export function findKeptDecision(eligibility: Eligibility): KeptDecision {
  return {
    outcome: eligibility.outcome,
    area: eligibility.area.where,
    areaDoubt: eligibility.area.where === 'unknown' ? eligibility.area.because : null,
    ask: eligibility.outcome === 'ask' ? [...eligibility.ask] : [],
    because: eligibility.outcome === 'not-ours' ? [...eligibility.because] : [],
    note: '',
  }
}

/** The sealed fields of the referral answers: those that were filled in, each as it will be shown. */
export function findSealedFields(
  answers: ReferralAnswers,
): readonly { readonly kind: SealedFieldKind; readonly text: string }[] {
  const { phone, email, other } = answers.contactChannels
  const all: readonly (readonly [SealedFieldKind, string])[] = [
    ['postcode', answers.postcode],
    ['phone', sayChannel(phone)],
    ['email', sayChannel(email)],
    ['other-way', sayChannel(other)],
    ['safe-times', answers.safeTimes],
    ['voicemail', answers.voicemail],
    ['code-words', answers.codeWords],
  ]
  return all.flatMap(([kind, text]) => (text === '' ? [] : [{ kind, text }]))
}

const sayings: Readonly<Record<YesNoUnknown, string>> = {
  yes: 'safe to use',
  no: 'not safe: do not use',
  unknown: 'not known to be safe: do not use',
}

function sayChannel({ value, safe }: ReferralChannel): string {
  return value === '' ? '' : `${value} (${sayings[safe]})`
}

/** Reads a sealed channel back; what says nothing of its safety is not known to be safe. */
export function readChannel(text: string): ReferralChannel {
  for (const safe of ['yes', 'no', 'unknown'] as const) {
    const ending = ` (${sayings[safe]})`
    if (text.endsWith(ending)) return { value: text.slice(0, -ending.length), safe }
  }
  return { value: text, safe: 'unknown' }
}

/**
 * Whether the clinic will be able to reach somebody by their answers: only if they said that it may, and named a
 * channel as safe. Anything else is silence (S1), and they are told so.
 */
export const reaches = ['safe-way', 'no-safe-way', 'not-wanted', 'not-said'] as const
export type Reachability = (typeof reaches)[number]

export function findReachability(
  answers: Pick<ReferralAnswers, 'wantsContact' | 'contactChannels'>,
): Reachability {
  if (answers.wantsContact === 'no') return 'not-wanted'
  if (answers.wantsContact === 'unknown') return 'not-said'
  const { phone, email, other } = answers.contactChannels
  return [phone, email, other].some(channel => channel.value !== '' && channel.safe === 'yes')
    ? 'safe-way'
    : 'no-safe-way'
}
