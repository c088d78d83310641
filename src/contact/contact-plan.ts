import { z } from 'zod'

/** The kinds of channel. The program itself can only send e-mail; the others are used by a person. */
export const channelKinds = ['phone', 'text', 'email', 'post', 'other'] as const
export type ChannelKind = (typeof channelKinds)[number]

const timeOfDay = z.string().regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/)
const window = z.strictObject({
  /** Days on which it begins, 1 for Monday to 7 for Sunday. */
  days: z.array(z.int().min(1).max(7)).min(1),
  /** A window whose end is not after its beginning goes on past midnight. */
  from: timeOfDay,
  until: timeOfDay,
})
// What a channel goes through is said on the access map; an older revision that names a thing is read without it.
const channel = z.object({
  channelId: z.string().regex(/^c[0-9]{1,3}$/),
  kind: z.enum(channelKinds),
  value: z.string().max(300),
  safe: z.enum(['yes', 'no', 'unknown']),
  /** When the client last said so. */
  confirmedAt: z.iso.datetime(),
  /** The first day on which that no longer counts. */
  expiresOn: z.iso.date(),
  /** The client wants reminders on it. No is the rule; only the client can say yes. */
  mayRemind: z.boolean().default(false),
  windows: z.array(window).max(14),
  note: z.string().max(1_000).default(''),
  isGone: z.boolean().default(false),
  /** It was named at the referral, on that day. By that alone, no more is known of it. */
  namedAt: z.iso.datetime().optional(),
})

/** What was said about contact at the referral, carried over when the case opened. */
const carriedOver = z.strictObject({
  at: z.iso.datetime(),
  by: z.enum(['client', 'someone-else']),
  wants: z.enum(['yes', 'no', 'unknown']),
  times: z.string().max(500),
  voicemail: z.string().max(500),
  codeWords: z.string().max(500),
  /** A person has since written down what is agreed. */
  isAgreed: z.boolean(),
})
export type CarriedOver = z.output<typeof carriedOver>

/** What the client and the clinic agreed about reaching the client: the whole of one revision. */
export const contactPlanSchema = z.strictObject({
  version: z.literal(1),
  wants: z.enum(['yes', 'no', 'she-calls']),
  voicemail: z.enum(['never', 'vague', 'agreed']),
  voicemailWords: z.string().max(500).default(''),
  /** Code words: what we say so that the client knows us, and what the client says when they cannot talk. */
  weSay: z.string().max(200).default(''),
  theySay: z.string().max(200).default(''),
  ifAnotherAnswers: z.string().max(500).default(''),
  ifCutOff: z.string().max(500).default(''),
  trusted: z.string().max(500).default(''),
  channels: z.array(channel).max(20),
  carriedOver: carriedOver.optional(),
})

export type ContactPlan = z.output<typeof contactPlanSchema>
export type SafeChannel = ContactPlan['channels'][number]
export type SafeWindow = SafeChannel['windows'][number]

/** Nothing agreed: silence. */
export const emptyPlan: ContactPlan = {
  version: 1,
  wants: 'no',
  voicemail: 'never',
  voicemailWords: '',
  weSay: '',
  theySay: '',
  ifAnotherAnswers: '',
  ifCutOff: '',
  trusted: '',
  channels: [],
}

/** The next free name for a channel; a name is never used twice. */
export function findNextChannelId(plan: ContactPlan): string {
  return `c${Math.max(0, ...plan.channels.map(each => Number(each.channelId.slice(1)))) + 1}`
}
