import { type AccessMap, beliefs } from './map.ts'
import { findReach } from './reach.ts'

/**
 * Whether the suspected person reaches something on a map that they did not reach on the one before, or more surely.
 */
export function reachesMore(before: AccessMap, after: AccessMap): boolean {
  const strengthOf = (map: AccessMap) =>
    new Map(
      findReach(map, 'possible', { agent: 'suspect' }).map(each => [each.node, beliefs.indexOf(each.belief)]),
    )
  const was = strengthOf(before)
  return [...strengthOf(after)].some(([node, belief]) => belief < (was.get(node) ?? beliefs.length))
}
