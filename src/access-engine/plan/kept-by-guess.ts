import type { AccessMap, Belief } from '../reach/map.ts'
import { findReach } from '../reach/reach.ts'

/**
 * What the client keeps after these steps only by a path that is not known to be there: they may lose it. A plan counts
 * such a path at the level it is made at, so that it has to be said.
 *
 * @param taken the steps, by their ids
 * @param on the day, as YYYY-MM-DD
 */
export function findKeptByGuess(
  map: AccessMap,
  level: Belief,
  taken: readonly string[],
  on?: string,
): readonly string[] {
  if (map.keep.length === 0 || level === 'known') return []
  const heldAt = (belief: Belief): ReadonlySet<string> =>
    new Set(findReach(map, belief, { agent: 'client', taken, ...(on ? { on } : {}) }).map(each => each.node))
  const [held, known] = [heldAt(level), heldAt('known')]
  return map.keep.filter(node => held.has(node) && !known.has(node))
}
