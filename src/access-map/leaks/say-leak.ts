import { leastSaid, type TurningPoint } from '../../access-engine/leaks/leak-verdict.ts'
import type { Situation } from '../inventory/situation.ts'
import type { Guess, KnowledgeKind } from './leak-log.ts'
import type { ReadingPlace } from './reading-places.ts'

const kindNames: Readonly<Record<KnowledgeKind, string>> = {
  location: 'Where the client was',
  plan: 'A plan or an appointment',
  message: 'What the client wrote, or whom they rang',
  voice: 'What was said near the client',
  picture: 'A picture, or what the client looked like',
  met: 'Whom the client met or knows',
  bought: 'What the client bought or looked up',
}

/** What was known, as it is chosen. */
export function sayKnowledge(kind: KnowledgeKind): string {
  return kindNames[kind]
}

const situationNames: Readonly<Record<Situation, string>> = {
  home: 'At home',
  car: 'In the car',
  phone: 'Phone with them',
  carried: 'Usual bag, coat or watch',
  work: 'At work',
  child: 'With a child and its device',
  others: 'With people who may talk, or who were told',
  arranged: 'Written down or arranged before',
}

/** Where the client was or what was with them, as it is ticked. */
export function saySituation(situation: Situation): string {
  return situationNames[situation]
}

/** Where a message was written or read, as it is ticked. */
export function sayReadingPlace({ app, device }: ReadingPlace): string {
  const gone = app.isGone || device?.isGone ? ' (they no longer have it)' : ''
  return device
    ? `${app.label}, on ${device.label}${gone}`
    : `${app.label}, on a device that is not named${gone}`
}

const guessNames: Readonly<Record<Guess, string>> = {
  hardly: 'Hardly',
  perhaps: 'Perhaps',
  easily: 'Easily',
}

/** Whether it could have been known in another way, as it is chosen. */
export function sayGuess(guess: Guess): string {
  return guessNames[guess]
}

/** A chance for people: "about 62 in 100", "less than 1 in 100". */
export function sayChance(chance: number): string {
  const share = Math.round(chance * 100)
  if (share < 1) return 'less than 1 in 100'
  return share > 99 ? 'more than 99 in 100' : `about ${share} in 100`
}

/** A chance that it is never less than: "at least 92 in 100". */
export function sayAtLeast(chance: number): string {
  return `at least ${Math.floor(chance * 100)} in 100`
}

/** How likely a source is to be a leak, from the worst case to the best: a figure only where both ends agree. */
export function sayBand({ low, high }: { readonly low: number; readonly high: number }): string {
  if (low >= leastSaid) return capital(sayAtLeast(low))
  const most = Math.ceil(high * 100)
  return most <= 10 ? `At most ${most} in 100` : 'Not settled'
}

/** What people get wrong, as a sentence: each may turn an answer. */
const turningWords: Readonly<Record<TurningPoint, string>> = {
  ticks: 'One tick in ten is wrong.',
  'one-tick': 'A single tick is wrong.',
  guesses: 'What could hardly be guessed was guessed all the same.',
  unlisted: 'Something tells that is not on the map.',
  two: 'Two sources tell.',
  uncounted: 'Sets of sources count that were too many to be counted.',
}

/** All that is doubted, in the order in which it is shown. */
export const turningPoints = [
  'ticks',
  'one-tick',
  'guesses',
  'unlisted',
  'two',
] as const satisfies readonly TurningPoint[]

/** What people get wrong, as a sentence of its own. */
export function sayTurningPoint(point: TurningPoint): string {
  return turningWords[point]
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** How much a method of finding out is expected to tell, from its expected information in bits. */
export function sayTells(bits: number): string {
  if (bits >= 0.4) return 'A great deal'
  if (bits >= 0.15) return 'A lot'
  if (bits >= 0.05) return 'Something'
  return bits >= 0.01 ? 'A little' : 'Next to nothing'
}
