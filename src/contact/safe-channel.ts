import type { Decision } from '../foundation/decision.ts'
import { readWallClock, writeWallClock } from '../foundation/local-date.ts'
import { isOnlyCarriedOver } from './carry-over.ts'
import type { ContactPlan, SafeChannel } from './contact-plan.ts'
import { decideChannelVerdict, type SaidOfChannel } from './decide-channel-verdict.ts'
import { isInWindow } from './safe-window.ts'

/** Why nothing may be sent. Each is a silence, recorded, and a task for a person. */
export const silences = [
  'no-plan',
  'case-closed',
  'second-phrase-open',
  'contact-not-wanted',
  'client-calls-us',
  'no-such-channel',
  'not-marked-safe',
  'no-longer-confirmed',
  'reminders-not-wanted',
  'observable',
  'not-known-whether-observable',
  'no-safe-hours',
  'outside-safe-hours',
  'a-person-must',
  'too-late',
  'words-give-away',
  'no-mail-here',
] as const
export type Silence = (typeof silences)[number]

/** What somebody wants to send. */
export type Sending = {
  readonly channelId: string
  /** The instant it is about: after it, a reminder is no reminder. */
  readonly aboutAt: number
}

/** The client's word on a channel is believed for so many days, whatever last day was written down. */
export const confirmedDays = 90

const day = 24 * 60 * 60 * 1000

export type GateFacts = {
  readonly moment: number
  readonly zone: string
  readonly isCaseOpen: boolean
  /** The client’s second phrase was used and nobody has looked into it: they may not be alone (rule S4). */
  readonly isSecondPhraseOpen: boolean
}

/**
 * Rule S1: whether a channel may be used at an instant, by anybody. It may where the client wants to be reached, the
 * suspected person cannot observe it by the map or by what the client says, the client marked it safe and that has not
 * run out, and it is inside the client's hours. Anything else, and anything that is not known, is silence.
 *
 * Where there are several reasons, the gravest is given: that the client may not be alone, then the client's wish, then
 * what can be observed, then what the client has not said, then what nobody knows, then the hour.
 *
 * @param said what was said of the channel, and of those that are the same number or address
 */
export function decideUse(
  plan: ContactPlan | null,
  channelId: string,
  said: SaidOfChannel,
  { moment, zone, isCaseOpen, isSecondPhraseOpen }: GateFacts,
): Decision<{ readonly channel: SafeChannel }, Silence> {
  const no = (because: Silence) => ({ allowed: false, because }) as const
  if (!isCaseOpen) return no('case-closed')
  if (isSecondPhraseOpen) return no('second-phrase-open')
  if (plan === null || isOnlyCarriedOver(plan)) return no('no-plan')
  if (plan.wants === 'no') return no('contact-not-wanted')
  if (plan.wants === 'she-calls') return no('client-calls-us')
  const channel = plan.channels.find(each => each.channelId === channelId && !each.isGone)
  if (!channel) return no('no-such-channel')
  const { verdict } = decideChannelVerdict(said, moment)
  if (verdict === 'observable') return no('observable')
  if (channel.safe !== 'yes') return no('not-marked-safe')
  const today = writeWallClock(readWallClock(moment, zone)).slice(0, 10)
  // The day on which it was written down and the last one are whole days.
  const isLongAgo = moment - Date.parse(channel.confirmedAt) > (confirmedDays + 2) * day
  if (channel.expiresOn <= today || isLongAgo) return no('no-longer-confirmed')
  if (verdict !== 'not-observable') return no('not-known-whether-observable')
  if (channel.windows.length === 0) return no('no-safe-hours')
  if (!isInWindow(moment, zone, channel.windows)) return no('outside-safe-hours')
  return { allowed: true, channel }
}

/**
 * Rule S1, the contact gate. Decides at an instant whether the program may send something to a client on a channel: the
 * channel may be used, the client wants reminders on it, and the program can send by it. Nothing gets round
 * "observable": anyone who finds the map wrong changes it, with a reason, and it is calculated again. That it is
 * outside the client's hours is given only where nothing else speaks against it, because only the hour is waited for.
 *
 * @param zone the zone of the client's hours
 */
export function decideSending(
  plan: ContactPlan | null,
  said: SaidOfChannel,
  sending: Sending,
  facts: GateFacts,
): Decision<{ readonly channel: SafeChannel }, Silence> {
  const no = (because: Silence) => ({ allowed: false, because }) as const
  const use = decideUse(plan, sending.channelId, said, facts)
  if (!use.allowed && use.because !== 'outside-safe-hours') return use
  const channel = plan?.channels.find(each => each.channelId === sending.channelId && !each.isGone)
  if (!channel) return no('no-such-channel')
  if (!channel.mayRemind) return no('reminders-not-wanted')
  if (channel.kind !== 'email') return no('a-person-must')
  if (sending.aboutAt <= facts.moment) return no('too-late')
  return use
}
