import type { AccessMap, Belief, MapRule } from './map.ts'
import { findReach, type Reached, type ReachOptions } from './reach.ts'

/**
 * Whether the suspected person can see a channel: the strongest level at which they can, and the path; `null` when
 * not even possibly.
 */
export type ChannelReach = {
  readonly channel: string
  readonly level: Belief | null
  /** Whether they see what is said, or only that there was contact. */
  readonly sees: 'content' | 'fact' | null
  readonly path: readonly MapRule[]
}

/**
 * The verdict on every channel of a map. A channel is safe only when the suspected person does not even possibly
 * reach its content or the fact that there was contact. What is unknown was entered as possible and is not safe. A
 * verdict is for the moment it is made: ask again before anything is sent, with the steps that were really taken.
 */
export function judgeChannels(map: AccessMap, options: ReachOptions = {}): readonly ChannelReach[] {
  return judgeByReach(map, findReach(map, 'possible', { ...options, agent: 'suspect' }))
}

/** The same, when what the suspected person reaches at “possible” is already known. */
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
