import { sayPath } from '../../access-engine/reach/explain.ts'
import { type AccessMap, type Belief, beliefs, type Channel } from '../../access-engine/reach/map.ts'
import { findReach } from '../../access-engine/reach/reach.ts'
import { judgeByReach } from '../../access-engine/reach/safe-channels.ts'
import type { CarriedBy } from '../../contact/channel-verdict.ts'
import type { InfoKind } from '../mechanism/info-kind.ts'
import { ports } from '../mechanism/part.ts'
import { ageFacts, askedIn, factDays } from './age-facts.ts'
import type { CatalogueEntry } from './catalogue-entry.ts'
import { findThings, findUnansweredOfChannel, isPlaceOfPost } from './channel-carriers.ts'
import type { Inventory, Thing } from './inventory.ts'

/** What the map says of one channel, as `contact` keeps it. */
export type MapVerdict = {
  readonly channelId: string
  readonly verdict: 'observable' | 'not-observable' | 'unknown'
  /** The path in sentences, or why nothing is known. */
  readonly why: string
  /** When an answer that it rests on becomes too old; null when no answer would change it. */
  readonly countsUntil: Date | null
  /** What it is tied to: a home to which letters go, something else, or both; null where it is tied to nothing. */
  readonly carriedBy: CarriedBy | null
}

export type WeighedFacts = {
  readonly moment: Date
  /** When a revision was made. */
  readonly madeAt: (revision: number) => Date
  /** The map of what the client has, with the steps that were taken. */
  readonly draw: (inventory: Inventory) => AccessMap
  readonly catalogue: ReadonlyMap<string, CatalogueEntry>
  /** Every channel that the map has given a verdict on, with the last one. */
  readonly before: ReadonlyMap<string, MapVerdict['verdict']>
}

const day = 24 * 60 * 60 * 1000
const says: readonly InfoKind[] = ['messages', 'sound']
const tellsOf: readonly InfoKind[] = ['calls', 'contacts', 'plans']
const longestWhy = 2_000

/**
 * Rule S1: what the map says of every channel that was tied to something on it. Safe only when the suspected person
 * does not even possibly reach what is said on it or the fact that there was contact: in none of the things it goes
 * through, on none of the devices on which those are open, by answers that are not too old. Observable when they
 * reach it by what is known or suspected. Not known, which also means silence, is everything else: a question without
 * an answer, a thing that is no longer on the map, no tie any more, no word on which device it rings or is read, or
 * a number that rings nowhere.
 *
 * A channel that could be observed stays so when the map has lost sight of it: removing the tie, or taking the thing
 * off the map, is no answer (there is no button that lifts "observable").
 */
export function findChannelVerdicts(inventory: Inventory, facts: WeighedFacts): readonly MapVerdict[] {
  const tied = inventory.things.flatMap(each => each.channels)
  const channelIds = [...new Set([...tied, ...facts.before.keys()])].sort()
  if (channelIds.length === 0) return []
  const bornAt = (thing: Thing): number => facts.madeAt(askedIn(thing)).getTime()
  const tooOldBefore = facts.moment.getTime() - factDays * day
  const judgeWith = (oldest: number) =>
    judge(
      inventory,
      ageFacts(inventory, thing => bornAt(thing) <= oldest),
      channelIds,
      facts,
    )
  const verdicts = judgeWith(tooOldBefore)
  if (verdicts.every(each => each.verdict !== 'not-observable'))
    return verdicts.map(each => ({ ...each, countsUntil: null }))
  const births = [...new Set(inventory.things.map(bornAt))]
    .filter(each => each > tooOldBefore)
    .sort((a, b) => a - b)
  const known = new Map<number, ReturnType<typeof judge>>()
  const isSafeWith = (channelId: string, oldest: number): boolean => {
    const then = known.get(oldest) ?? judgeWith(oldest)
    known.set(oldest, then)
    return then.find(each => each.channelId === channelId)?.verdict === 'not-observable'
  }
  return verdicts.map(each => {
    if (each.verdict !== 'not-observable') return { ...each, countsUntil: null }
    const until = findFirst(births, born => !isSafeWith(each.channelId, born))
    return { ...each, countsUntil: until === null ? null : new Date(until + factDays * day) }
  })
}

/** The first moment from which it is so for good. */
function findFirst(sorted: readonly number[], isSo: (value: number) => boolean): number | null {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (isSo(sorted[middle] as number)) high = middle
    else low = middle + 1
  }
  return sorted[low] ?? null
}

function judge(
  said: Inventory,
  inventory: Inventory,
  channelIds: readonly string[],
  { draw, catalogue, before }: WeighedFacts,
): readonly Omit<MapVerdict, 'countsUntil'>[] {
  const map = draw(inventory)
  const tied = channelIds.map(channelId => {
    const { things, open } = findThings(said, channelId, catalogue)
    const parts = [...things, ...open].flatMap(thing => {
      const entry = catalogue.get(thing.entry)
      return entry && !thing.isGone ? findCarriers(thing, entry) : []
    })
    return { channelId, things, open, parts }
  })
  const channels = tied.flatMap(({ channelId, parts }) =>
    parts.map((part, index): Channel => ({ ...part, id: `${channelId} ${index}` })),
  )
  const carriedBy = new Map(
    tied.map(({ channelId, things }) => [channelId, findCarriedBy(things, catalogue)]),
  )
  const reach = findReach(map, 'possible', { agent: 'suspect' })
  const judged = judgeByReach({ ...map, channels }, reach)
  return tied.map(({ channelId, things, open }) => {
    const of = { channelId, carriedBy: carriedBy.get(channelId) ?? null }
    const unknown = (why: string) => ({ ...of, verdict: 'unknown', why }) as const
    const observable = (why: string) => ({ ...of, verdict: 'observable', why }) as const
    const [worst] = judged
      .filter(each => each.channel.startsWith(`${channelId} `) && each.level !== null)
      .sort((a, b) => beliefs.indexOf(a.level ?? 'possible') - beliefs.indexOf(b.level ?? 'possible'))
    if (worst?.level && worst.level !== 'possible') return observable(sayReachedPath(map, worst, channels))
    const lost = findLost(things, open, catalogue)
    if (lost !== null)
      return before.get(channelId) === 'observable'
        ? observable(`${lost} Before that it could be observed. Say what it goes through now.`)
        : unknown(lost)
    if (worst) return unknown(sayReachedPath(map, worst, channels))
    const unseen = findUnansweredOfChannel(things, open, catalogue)
    if (unseen !== null) return unknown(unseen)
    const names = [...new Set([...things, ...open])].map(each => each.label).join(', ')
    const heard = sayHeard(findListening(inventory, catalogue, new Set(reach.map(each => each.node))))
    return {
      ...of,
      verdict: 'not-observable',
      why: `It goes through ${names}. By the answers on the map, the suspected person does not reach that even possibly.${heard}`,
    } as const
  })
}

function findCarriedBy(things: readonly Thing[], catalogue: WeighedFacts['catalogue']): CarriedBy | null {
  if (things.length === 0) return null
  const places = things.filter(each => isPlaceOfPost(catalogue.get(each.entry))).length
  return places === 0 ? 'device' : places === things.length ? 'place' : 'both'
}

/** Why the map has lost sight of a channel; null when everything it goes through is on the map. */
function findLost(
  things: readonly Thing[],
  open: readonly Thing[],
  catalogue: WeighedFacts['catalogue'],
): string | null {
  if (things.length === 0) return 'It is not tied to anything on the access map.'
  const lost = [...things, ...open].find(each => each.isGone || !catalogue.has(each.entry))
  if (!lost) return null
  return lost.isGone
    ? `It goes through ${lost.label}, which the client no longer has.`
    : `It goes through ${lost.label}, of a kind that is no longer in the catalogue.`
}

/**
 * The parts of a thing in which what goes through it can be seen: what is said, or the fact that there was contact.
 * Its own two if it is a channel itself, what arrives on it, which may be read elsewhere too, and everything in it that gives away
 * messages, sound, calls, contacts or plans.
 */
function findCarriers(thing: Thing, entry: CatalogueEntry): readonly Omit<Channel, 'id'>[] {
  const fill = (node: string): string => node.replaceAll('{}', thing.thingId)
  const telling = (kinds: readonly InfoKind[]) =>
    entry.reveals
      .filter(each => [...each.certain, ...each.possible].some(kind => kinds.includes(kind)))
      .map(each => fill(each.from))
  const arrives = entry.nodes.some(node => node.id === `{}${ports.content}`)
    ? [fill(`{}${ports.content}`)]
    : []
  const content = [fill(entry.channel?.content ?? '{}'), ...arrives, ...telling(says)]
  const fact = [...(entry.channel?.fact ? [fill(entry.channel.fact)] : []), ...telling(tellsOf)]
  const whole = content[0] as string
  return [
    ...[...new Set(content)].map(node => ({ content: node, fact: null })),
    ...[...new Set(fact)]
      .filter(node => !content.includes(node))
      .map(node => ({ content: whole, fact: node })),
  ]
}

const openings: Readonly<Record<Belief, string>> = {
  known: 'They see',
  suspected: 'It is suspected that they see',
  possible: 'It is not known, and so taken as possible, that they see',
}

type Judged = ReturnType<typeof judgeByReach>[number]

function sayReachedPath(
  map: AccessMap,
  { channel, level, sees, path }: Judged,
  channels: readonly Channel[],
): string {
  const at = channels.find(each => each.id === channel)
  const node = (sees === 'fact' ? at?.fact : at?.content) ?? ''
  const sentences = sayPath(map, { node, belief: level ?? 'possible', path }, 'The suspected person')
  const shows = sees === 'fact' ? 'that there was contact' : 'what is said on it'
  const text = [`${openings[level ?? 'possible']} ${shows}.`, ...sentences].join(' ')
  return text.length <= longestWhy ? text : `${text.slice(0, longestWhy - 1)}…`
}

/** Things in which the suspected person hears, or may hear, what is said near them: a speaker, a camera, a hidden microphone. */
function findListening(
  inventory: Inventory,
  catalogue: WeighedFacts['catalogue'],
  reached: ReadonlySet<string>,
): readonly Thing[] {
  return inventory.things.filter(thing => {
    const entry = catalogue.get(thing.entry)
    if (thing.isGone || !entry || isInWriting.includes(entry.mechanism)) return false
    return entry.reveals.some(
      ({ from, certain, possible }) =>
        [...certain, ...possible].includes('sound') && reached.has(from.replaceAll('{}', thing.thingId)),
    )
  })
}

/** What has sound in it as something sent or kept, and hears nothing of a room. */
const isInWriting: readonly CatalogueEntry['mechanism'][] = ['account', 'group']

function sayHeard(listening: readonly Thing[]): string {
  const names = listening.map(each => each.label).join(', ')
  return names === ''
    ? ''
    : ` What is said aloud is another matter: it may be heard where these are: ${names}. Speak only when the client is somewhere else.`
}
