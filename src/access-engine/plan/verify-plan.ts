import { type AccessMap, type Belief, weighStep } from '../reach/map.ts'
import { makeNaiveClosure } from '../reach/naive-closure.ts'

/** What is wrong with a plan; empty when it does what it claims. `known` are protected nodes that it says stay open. */
export type PlanFault =
  | { readonly fault: 'reached'; readonly node: string }
  | { readonly fault: 'lost'; readonly node: string }
  | { readonly fault: 'requires'; readonly step: string }
  | { readonly fault: 'excludes'; readonly step: string; readonly other: string }
  | { readonly fault: 'forced'; readonly step: string }
  | { readonly fault: 'cost'; readonly is: number; readonly said: number }

export type PlanClaim = {
  readonly steps: readonly string[]
  /** What the plan claims to cost, including the prices of what stays open. */
  readonly cost: number
  /** Protected nodes that the plan says stay open. */
  readonly stillReached: readonly string[]
}

/**
 * Checks a plan against the map as it was written, with none of the code that made the plan. A plan that fails is
 * never shown.
 */
export function verifyPlan(
  map: AccessMap,
  level: Belief,
  claim: PlanClaim,
  on?: string,
): readonly PlanFault[] {
  const faults: PlanFault[] = []
  const taken = new Set(claim.steps)
  const closure = makeNaiveClosure(map, level, on)
  const ofSuspect = closure('suspect', taken)
  const ofClient = closure('client', taken)
  const admitted = new Set(claim.stillReached)
  const open = new Set<string>()
  for (const { node } of map.protect) {
    if (!ofSuspect.has(node)) continue
    open.add(node)
    if (!admitted.has(node)) faults.push({ fault: 'reached', node })
  }
  for (const node of map.keep) if (!ofClient.has(node)) faults.push({ fault: 'lost', node })
  for (const step of map.steps) {
    if (!taken.has(step.id)) continue
    if (step.requires.some(any => !any.some(other => taken.has(other))))
      faults.push({ fault: 'requires', step: step.id })
    for (const other of step.excludes)
      if (taken.has(other)) faults.push({ fault: 'excludes', step: step.id, other })
  }
  for (const step of map.force.in) if (!taken.has(step)) faults.push({ fault: 'forced', step })
  for (const step of map.force.out) if (taken.has(step)) faults.push({ fault: 'forced', step })
  const is = findCost(map, taken, open)
  if (is !== claim.cost) faults.push({ fault: 'cost', is, said: claim.cost })
  return faults
}

function findCost(map: AccessMap, taken: ReadonlySet<string>, open: ReadonlySet<string>): number {
  let cost = 0
  const destroyed = new Set<string>()
  for (const step of map.steps) {
    if (!taken.has(step.id)) continue
    cost += weighStep(step, map.weights)
    for (const id of step.destroys) destroyed.add(id)
  }
  for (const { cost: once, any } of map.sharedCosts) if (any.some(step => taken.has(step))) cost += once
  for (const { id, weight, preservedBy } of map.evidence)
    if (destroyed.has(id) && !preservedBy.some(step => taken.has(step))) cost += weight
  for (const node of open) {
    const prices = map.protect.filter(each => each.node === node).map(each => each.price)
    if (!prices.includes(null)) cost += Math.max(...prices.map(price => price ?? 0))
  }
  return cost
}
