import { readWallClock } from '../foundation/local-date.ts'
import { sayDate } from '../foundation/say-date.ts'
import type { Hearing } from './client-word.ts'
import type { ChannelKind } from './contact-plan.ts'
import type { WeighedVerdict } from './decide-channel-verdict.ts'
import type { Silence } from './safe-channel.ts'
import { saySilence } from './say-silence.ts'

/** What there is to say of a channel, wherever one is offered. */
export type ChannelToSay = {
  readonly kind: ChannelKind
  readonly verdict: Omit<WeighedVerdict, 'row'>
  readonly because: Silence | null
  readonly client: { readonly countsUntil: Date } | null
}

/** The verdict on a channel in a few words. What the client says is never shown as what the map says. */
export function sayVerdictBasis({ verdict, basis }: Pick<WeighedVerdict, 'verdict' | 'basis'>): string {
  if (verdict === 'observable') return 'Observable'
  if (verdict === 'unknown') return 'Not known'
  return basis === 'client' ? 'Client says so' : 'Safe by the map'
}

/** What the verdict on a channel rests on, and until when, in a sentence or two. */
export function sayWhatItRestsOn(
  { verdict: weighed, client }: Omit<ChannelToSay, 'kind'>,
  zone: string,
): string {
  const { verdict, basis, at, until, isOld, lapse } = weighed
  if (verdict === 'observable')
    return basis === 'map'
      ? 'The map says that the suspected person can observe it.'
      : 'A colleague knows that the suspected person can observe it.'
  if (verdict === 'not-observable') {
    if (basis === 'client' && until)
      return `The client says that it is safe, until ${sayLastDay(until, zone)}. The map does not know.`
    const end = until ? ` That counts until ${sayLastDay(until, zone)}.` : ''
    return `By the answers on the map the suspected person cannot observe it.${end}`
  }
  if (basis === 'person') return 'A colleague doubts that it is safe.'
  if (basis === 'client' && client)
    return `The client said that it is safe, until ${sayLastDay(client.countsUntil, zone)}. That is over, and the map does not know.`
  if (basis === 'map' && isOld && lapse === 'not-its-kind')
    return 'The map was calculated of what cannot carry it: a letter goes to a home, a call or a message to a device. Somebody has to say on the map again what it goes through.'
  if (basis === 'map' && isOld && lapse === 'other-rules')
    return `${at ? `The map last said on ${sayDate(readWallClock(at.getTime(), zone))} that they cannot observe it` : 'The map once said that they cannot observe it'}, by what the program knew then. It has not been calculated since. Somebody has to save on the map again what it goes through.`
  if (basis === 'map' && isOld) return 'What the map said of it rests on answers that are too old.'
  return basis === 'map'
    ? 'The map does not know whether the suspected person can observe it.'
    : 'It is not tied to anything on the map, and nobody wrote down that the client says that it is safe.'
}

const mayUse: Readonly<Record<ChannelKind, string>> = {
  phone: 'You may ring it now.',
  text: 'You may text it now.',
  email: 'You may write to it now.',
  post: 'You may write to it now.',
  other: 'You may use it now.',
}

/** Whether a channel may be used now; where not, why. What can be observed is said before it (`sayWhatItRestsOn`). */
export function sayUse({ kind, because }: Pick<ChannelToSay, 'kind' | 'because'>): string {
  if (because === null) return mayUse[kind]
  if (because === 'outside-safe-hours') return 'Not now: it is outside the hours that were agreed.'
  const no = kind === 'phone' ? 'Do not ring it.' : 'Do not use it.'
  return because === 'observable' ? no : `${no} ${saySilence(because)}`
}

/** The verdict on a channel in whole sentences, where there is room for text alone. */
export function sayChannelVerdict(channel: ChannelToSay, zone: string): string {
  return `${sayWhatItRestsOn(channel, zone)} ${sayUse(channel)}`
}

const heard: Readonly<Record<Hearing, string>> = {
  'face-to-face': 'Face to face, with nobody else there',
  'on-a-call': 'On a call, after both code words',
  'through-somebody': 'Through somebody both trust',
}

/** How the client said that a channel is safe. */
export function sayHearing(hearing: Hearing): string {
  return heard[hearing]
}

/** The last whole day before an instant. */
function sayLastDay(until: Date, zone: string): string {
  return sayDate(readWallClock(until.getTime() - 1, zone))
}
