import { type AccessMap, type Measures, measures } from '../reach/map.ts'

/** What steps ask of the client in each measure, as the catalogue has it, before any weights. */
export function findPrice(map: AccessMap, steps: readonly string[]): Measures {
  const taken = new Set(steps)
  const price = Object.fromEntries(
    measures.map(measure => [
      measure,
      map.steps.reduce((sum, step) => (taken.has(step.id) ? sum + step.cost[measure] : sum), 0),
    ]),
  )
  return price as Measures // every measure was summed
}

/** How many steps of an order come before the first that will be noticed. */
export function countUnnoticed(map: AccessMap, order: readonly string[]): number {
  const loud = new Set(map.steps.filter(step => step.alerts).map(step => step.id))
  const first = order.findIndex(step => loud.has(step))
  return first === -1 ? order.length : first
}

/** Evidence that these steps would destroy and none of them keeps. */
export function findLostEvidence(map: AccessMap, steps: readonly string[]): readonly string[] {
  const taken = new Set(steps)
  const destroyed = new Set(map.steps.filter(step => taken.has(step.id)).flatMap(step => step.destroys))
  return map.evidence
    .filter(({ id, preservedBy }) => destroyed.has(id) && !preservedBy.some(step => taken.has(step)))
    .map(({ id }) => id)
}
