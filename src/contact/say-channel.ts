import type { RecordedVerdict } from './channel-verdict.ts'
import type { ChannelKind, SafeChannel, SafeWindow } from './contact-plan.ts'
import type { MessageState } from './message.ts'

const kinds: Readonly<Record<ChannelKind, string>> = {
  phone: 'Phone call',
  text: 'Text message',
  email: 'E-mail',
  post: 'Post',
  other: 'Another way',
}

/** A kind of channel as it is chosen and listed. */
export function sayKind(kind: ChannelKind): string {
  return kinds[kind]
}

/** "E-mail 2": a channel as the plan numbers it, so that two of a kind can be told apart. */
export function sayChannel({ kind, channelId }: Pick<SafeChannel, 'kind' | 'channelId'>): string {
  return `${sayKind(kind)} ${channelId.slice(1)}`
}

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const

/** A day of the week, 1 for Monday. */
export function sayDayOfWeek(day: number): string {
  return days[day - 1] ?? ''
}

/** "Monday to Friday, 10:00 to 14:00"; "until 02:00 the next day" where it crosses midnight. */
export function sayWindow({ days: on, from, until }: SafeWindow): string {
  const isRun = on.every((day, index) => index === 0 || day === (on[index - 1] ?? 0) + 1)
  const when =
    on.length === 7
      ? 'Every day'
      : isRun && on.length > 2
        ? `${sayDayOfWeek(on[0] ?? 1)} to ${sayDayOfWeek(on.at(-1) ?? 1)}`
        : on.map(sayDayOfWeek).join(', ')
  return `${when}, ${from} to ${until}${until <= from ? ' the next day' : ''}`
}

/** When a channel may be used. */
export function sayWindows(channel: Pick<SafeChannel, 'windows'>): string {
  return channel.windows.length === 0 ? 'No hours agreed' : channel.windows.map(sayWindow).join('; ')
}

const verdicts: Readonly<Record<RecordedVerdict['verdict'], string>> = {
  observable: 'They can observe it',
  'not-observable': 'They cannot, by the map',
  unknown: 'Not known',
}

/** Whether the suspected person can observe a channel. */
export function sayObservable(verdict: RecordedVerdict['verdict']): string {
  return verdicts[verdict]
}

const states: Readonly<Record<MessageState, string>> = {
  waiting: 'Waiting for its hour',
  sending: 'Being sent',
  sent: 'Taken by the mail server',
  refused: 'Not sent',
  stopped: 'Stopped',
  failed: 'Not sent',
  'not-known': 'May or may not have left',
}

/** What became of a message. */
export function sayMessageState(state: MessageState): string {
  return states[state]
}
