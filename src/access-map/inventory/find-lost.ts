import { compileMap } from '../../access-engine/reach/compile-map.ts'
import type { AccessMap } from '../../access-engine/reach/map.ts'

/**
 * Rule S9: a step after which the client can no longer get to a piece of evidence counts as destroying it: they held all that
 * some step needs that keeps it, and afterwards they hold it for none of those.
 *
 * @param map the whole map before any step is taken
 */
export function sayLost(map: AccessMap): AccessMap {
  const { closures, nodeAt, stepAt } = compileMap(map, { level: 'possible' })
  const needsOf = new Map(map.steps.map(({ id, needs }) => [id, needs.map(node => nodeAt.get(node) ?? -1)]))
  const canKeep = (held: { has: (node: number) => boolean }, preservedBy: readonly string[]): boolean =>
    preservedBy.some(step => needsOf.get(step)?.every(node => held.has(node)) ?? false)
  const today = closures.client.run([])
  const within = map.evidence.filter(each => canKeep(today, each.preservedBy))
  // Only what switches something of the client’s off can take it from them.
  const endings = new Set(map.rules.flatMap(rule => (rule.who === 'suspect' ? [] : rule.unless)))
  return {
    ...map,
    steps: map.steps.map(step => {
      if (!endings.has(step.id)) return step
      const then = closures.client.run([stepAt.get(step.id) ?? -1])
      const lost = within
        .filter(
          ({ id, preservedBy }) =>
            !preservedBy.includes(step.id) && !step.destroys.includes(id) && !canKeep(then, preservedBy),
        )
        .map(({ id }) => id)
      return lost.length === 0 ? step : { ...step, destroys: [...step.destroys, ...lost] }
    }),
  }
}
