import type { Decision } from '../foundation/decision.ts'
import { type ContactPlan, findNextChannelId, type SafeChannel } from './contact-plan.ts'
import { isSameChannel } from './same-channel.ts'

/** More than anybody has; a form that asks for more is a mistake. */
const mostChannels = 20

export type ChannelAnswers = Pick<
  SafeChannel,
  'kind' | 'value' | 'safe' | 'mayRemind' | 'windows' | 'note' | 'expiresOn'
>

/**
 * Decides what the plan is once a channel is kept. Another number is another channel: what was known of the old one is
 * not known of it. The same number is the same channel, even after it was taken out: what was known of it stays known
 * (rule S1), so that writing it down again gets round nothing.
 *
 * @param name the channel that was changed; null for a new one
 */
export function keepChannel(
  plan: ContactPlan,
  name: string | null,
  answers: ChannelAnswers,
  confirmedAt: string,
): Decision<{ readonly plan: ContactPlan }, 'no-such-channel' | 'too-many-channels' | 'in-the-plan'> {
  const before = plan.channels.find(each => each.channelId === name && !each.isGone)
  if (name !== null && !before) return { allowed: false, because: 'no-such-channel' }
  const same = plan.channels.filter(each => isSameChannel(each, answers))
  const known = same.find(each => each === before) ?? same.find(each => !each.isGone) ?? same[0]
  if (known && known !== before && !known.isGone) return { allowed: false, because: 'in-the-plan' }
  if (!known && plan.channels.length >= mostChannels) return { allowed: false, because: 'too-many-channels' }
  const kept: SafeChannel = {
    ...answers,
    channelId: known?.channelId ?? findNextChannelId(plan),
    confirmedAt,
    isGone: false,
    ...(known?.namedAt === undefined ? {} : { namedAt: known.namedAt }),
  }
  const channels = plan.channels.map(each =>
    each === known ? kept : each === before ? { ...each, isGone: true } : each,
  )
  return { allowed: true, plan: { ...plan, channels: known ? channels : [...channels, kept] } }
}
