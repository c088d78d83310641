import type { Decision } from '../foundation/decision.ts'
import {
  isTooOld,
  type Lapse,
  markLapsed,
  type RecordedVerdict,
  type SaidVerdict,
} from './channel-verdict.ts'
import type { ClientWord } from './client-word.ts'
import type { ContactPlan } from './contact-plan.ts'
import { findSameAddress } from './same-channel.ts'

/** Everything that was said of one channel. */
export type SaidOfChannel<Said extends SaidVerdict = SaidVerdict, Word extends ClientWord = ClientWord> = {
  /** The newest word of people and the newest of the access map. */
  readonly said: readonly Said[]
  /** The newest thing the client said of it that nobody has ended; null where there is none. */
  readonly client: Word | null
}

export const nothingSaid: SaidOfChannel = { said: [], client: null }

/** What a verdict rests on: the map, what a person knows, what the client says; or nobody has said anything. */
export type VerdictBasis = 'map' | 'person' | 'client' | 'nobody'

/**
 * What counts of a channel now. Only `map` and `client` are a basis for "not observable", and each is shown as what it
 * is.
 */
export type WeighedVerdict<Said extends SaidVerdict = SaidVerdict> = {
  readonly verdict: RecordedVerdict['verdict']
  readonly basis: VerdictBasis
  /** When that was said; null where nobody has. */
  readonly at: Date | null
  /** Until when it counts; null where it does not end by itself. */
  readonly until: Date | null
  /** It was "not observable" once, by the map or by what the client said, and that has run out. */
  readonly isOld: boolean
  /** Why the map's word on it counts no longer, where that is not its age. */
  readonly lapse?: Lapse
  /** What the map or a person said, where that is the basis. */
  readonly row: Said | null
}

/**
 * Rule S1: what counts of everything that was said of a channel.
 *
 * - "Observable" counts no matter who said it, and nothing lifts it, not even the client's word. Anyone who finds the map
 *   wrong changes the map; anyone who made a mistake says otherwise.
 * - "Not observable" comes from two sources alone. The map: it says so by answers that are not too old, and no person
 *   doubts it. The client: they say so, somebody wrote down how, and the last day of that has not passed.
 * - Everything else is not known: a channel that the map never heard of, one whose things have unanswered questions, an
 *   answer that is too old, a word that ran out. That a person knows nothing against it is no basis.
 */
export function decideChannelVerdict<Said extends SaidVerdict>(
  { said, client }: SaidOfChannel<Said>,
  moment: number,
): WeighedVerdict<Said> {
  const map = said.find(each => each.fromMap)
  const person = said.find(each => !each.fromMap)
  const [seen] = said
    .filter(each => each.verdict === 'observable')
    .sort((a, b) => b.at.getTime() - a.at.getTime())
  const by = (row: Said, verdict: RecordedVerdict['verdict'], until: Date | null, isOld = false) => {
    const basis: VerdictBasis = row.fromMap ? 'map' : 'person'
    const { lapse } = row
    return { verdict, basis, at: row.at, until, isOld, row, ...(isOld && lapse ? { lapse } : {}) }
  }
  if (seen) return by(seen, 'observable', null)
  const isMapOld = map?.verdict === 'not-observable' && isTooOld(map, moment)
  const isByMap = map?.verdict === 'not-observable' && !isMapOld && person?.verdict !== 'unknown'
  if (map && isByMap) return by(map, 'not-observable', map.countsUntil ?? null)
  const byClient = { basis: 'client', at: client?.at ?? null, row: null } as const
  if (client && moment < client.countsUntil.getTime())
    return { ...byClient, verdict: 'not-observable', until: client.countsUntil, isOld: false }
  if (person?.verdict === 'unknown') return by(person, 'unknown', null)
  if (client) return { ...byClient, verdict: 'unknown', until: null, isOld: true }
  if (map) return by(map, 'unknown', null, isMapOld)
  return { verdict: 'unknown', basis: 'nobody', at: null, until: null, isOld: false, row: null }
}

/**
 * Rule S1: whether somebody may say this of a channel. Where the access map says that it can be observed, nobody may
 * say that there is nothing against it. A person who knows better changes the map, with a reason, and the map is
 * calculated again.
 *
 * @param said what was said before, of this channel and of those that are the same number or address
 */
export function decideMark(
  said: readonly SaidVerdict[],
  mark: { readonly verdict: RecordedVerdict['verdict']; readonly fromMap: boolean },
): Decision<object, 'the-map-says-observable'> {
  const isSeenByMap = said.some(each => each.fromMap && each.verdict === 'observable')
  return !mark.fromMap && mark.verdict === 'not-observable' && isSeenByMap
    ? { allowed: false, because: 'the-map-says-observable' }
    : { allowed: true }
}

/**
 * What was said of a channel, and that one of the same number or address can be observed. A text to a number is seen by
 * anyone who sees its calls, and a number that was taken out and written down again is still the same number.
 */
export function saidOfAddress<Said extends SaidVerdict, Word extends ClientWord>(
  plan: ContactPlan | null,
  channelId: string,
  all: ReadonlyMap<string, SaidOfChannel<Said, Word>>,
): SaidOfChannel<Said, Word> {
  const own = all.get(channelId)
  const others = plan ? findSameAddress(plan, channelId).filter(each => each !== channelId) : []
  const seen = others.flatMap(each => all.get(each)?.said ?? []).filter(each => each.verdict === 'observable')
  return { said: [...(own?.said ?? []), ...seen], client: own?.client ?? null }
}

/**
 * The same, with what the map said under rules that are no longer those of the program marked as lapsed: what counts now.
 *
 * @param mapRules the name of the rules by which the map is calculated now
 */
export function saidOfAddressNow<Said extends SaidVerdict, Word extends ClientWord>(
  plan: ContactPlan | null,
  channelId: string,
  all: ReadonlyMap<string, SaidOfChannel<Said, Word>>,
  mapRules: string,
): SaidOfChannel<Said, Word> {
  const { said, client } = saidOfAddress(plan, channelId, all)
  const kind = plan?.channels.find(each => each.channelId === channelId)?.kind
  return { said: markLapsed(said, kind, mapRules), client }
}
