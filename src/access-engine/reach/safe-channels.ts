import type { AccessMap, Belief, MapRule } from './map.ts'
import { findReach, type Reached, type ReachOptions } from './reach.ts'

/** Whether he can see a channel: the strongest level at which he can, and the path; `null` when not even possibly. */
export type ChannelReach = {
  readonly channel: string
  readonly level: Belief | null
  /** Whether it is what is said that he sees, or that there was contact at all. */
  readonly sees: 'content' | 'fact' | null
  readonly path: readonly MapRule[]
}

/**
 * The verdict on every channel of a map. Only one that he does not even possibly reach, neither its content nor the fact
 * that there was contact, is safe; what is unknown was entered as possible and is not safe. A verdict is for the moment
 * it is made: ask again before anything is sent, with the steps that were really taken.
 */
export function judgeChannels(map: AccessMap, options: ReachOptions = {}): readonly ChannelReach[] {
  return judgeByReach(map, findReach(map, 'possible', { ...options, agent: 'suspect' }))
}

/** The same, for whoever knows already what the suspected person reaches at “possible”. */
export function judgeByReach(map: AccessMap, reach: readonly Reached[]): readonly ChannelReach[] {
  const reached = new Map(reach.map(each => [each.node, each]))
  const strength = { known: 2, suspected: 1, possible: 0 }
  return map.channels.map(({ id, content, fact }) => {
    const said = reached.get(content)
    const there = fact === null ? undefined : reached.get(fact)
    const worst = said && (!there || strength[said.belief] >= strength[there.belief]) ? said : there
    if (!worst) return { channel: id, level: null, sees: null, path: [] }
    return { channel: id, level: worst.belief, sees: worst === said ? 'content' : 'fact', path: worst.path }
  })
}
