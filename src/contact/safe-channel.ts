import type { Decision } from '../foundation/decision.ts'
import { readWallClock, writeWallClock } from '../foundation/local-date.ts'
import { isOnlyCarriedOver } from './carry-over.ts'
import type { ContactPlan, SafeChannel } from './contact-plan.ts'
import { isInWindow } from './safe-window.ts'

/** Whether the suspected person can observe a channel, and when that was said. */
export type ChannelVerdict = {
  readonly verdict: 'observable' | 'not-observable' | 'unknown'
  readonly at: Date
  /** From when what it rests on is too old; null, or not there, where its own age alone counts. */
  readonly countsUntil?: Date | null
}

/** Why nothing may be sent. Each is a silence, recorded, and a task for a person. */
export const silences = [
  'no-plan',
  'case-closed',
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

/** A verdict on observability is believed for so many days; an older one counts as not known. */
export const verdictDays = 90

const day = 24 * 60 * 60 * 1000

/** Whether what was said of a channel is too old to count, or rests on what is. */
export function isTooOld({ at, countsUntil }: ChannelVerdict, moment: number): boolean {
  return moment - at.getTime() > verdictDays * day || (countsUntil != null && moment >= countsUntil.getTime())
}

/**
 * Rule S1, the door. Decides at an instant whether something may be sent to a client on a channel: she wants it, she
 * marked the channel safe and that has not run out, she wants reminders on it, the suspected person is known not to
 * observe it, and it is inside her hours. Anything else, and anything that is not known, is silence. There is no way
 * round "observable": whoever finds the map wrong changes it, with a reason, and it is reckoned again.
 *
 * @param zone the zone her hours are told in
 */
export function decideSending(
  plan: ContactPlan | null,
  verdict: ChannelVerdict | null,
  sending: Sending,
  facts: { readonly moment: number; readonly zone: string; readonly isCaseOpen: boolean },
): Decision<{ readonly channel: SafeChannel }, Silence> {
  const no = (because: Silence) => ({ allowed: false, because }) as const
  const { moment, zone } = facts
  if (!facts.isCaseOpen) return no('case-closed')
  if (plan === null || isOnlyCarriedOver(plan)) return no('no-plan')
  if (plan.wants === 'no') return no('contact-not-wanted')
  if (plan.wants === 'she-calls') return no('client-calls-us')
  const channel = plan.channels.find(each => each.channelId === sending.channelId && !each.isGone)
  if (!channel) return no('no-such-channel')
  if (channel.safe !== 'yes') return no('not-marked-safe')
  const today = writeWallClock(readWallClock(moment, zone)).slice(0, 10)
  if (channel.expiresOn <= today) return no('no-longer-confirmed')
  if (!channel.mayRemind) return no('reminders-not-wanted')
  if (verdict?.verdict === 'observable') return no('observable')
  if (verdict?.verdict !== 'not-observable' || isTooOld(verdict, moment))
    return no('not-known-whether-observable')
  if (channel.kind !== 'email') return no('a-person-must')
  if (sending.aboutAt <= moment) return no('too-late')
  if (channel.windows.length === 0) return no('no-safe-hours')
  if (!isInWindow(moment, zone, channel.windows)) return no('outside-safe-hours')
  return { allowed: true, channel }
}
