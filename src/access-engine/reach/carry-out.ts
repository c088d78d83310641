import { compileMap } from './compile-map.ts'
import { type AccessMap, type Belief, beliefs, type Holding } from './map.ts'

/**
 * The map after these steps were taken, in this order: a map of its own, from which everything else is calculated
 * again. What a step switched off is gone, what it made is there, what it cost is paid, and it is no longer a step.
 * The suspected person keeps every secret they could read before or after any of the steps. Steps that the map does
 * not have are ignored.
 *
 * @param done steps in the order in which they were taken
 * @param safe evidence somebody keeps, or of which there was none: nothing destroys it any more
 */
export function carryOut(map: AccessMap, done: readonly string[], safe: readonly string[] = []): AccessMap {
  const there = new Set(map.steps.map(step => step.id))
  const taken = [...new Set(done)].filter(step => there.has(step))
  if (taken.length === 0 && safe.length === 0) return map
  const isDone = new Set(taken)
  const isLeft = (step: string): boolean => !isDone.has(step)
  const settled = findSettledEvidence(map, isDone, safe)
  const steps = map.steps.filter(step => isLeft(step.id))
  const barred = map.steps.flatMap(step =>
    isDone.has(step.id) ? step.excludes : step.excludes.some(other => isDone.has(other)) ? [step.id] : [],
  )
  return {
    ...map,
    rules: map.rules
      .filter(rule => rule.unless.every(isLeft))
      .map(rule => (rule.if.every(isLeft) ? rule : { ...rule, if: rule.if.filter(isLeft) })),
    holds: { ...map.holds, suspect: rememberAll(map, taken) },
    steps: steps.map(step => ({
      ...step,
      after: step.after.filter(isLeft),
      requires: step.requires.filter(any => any.every(isLeft)),
      excludes: step.excludes.filter(isLeft),
      destroys: step.destroys.filter(each => !settled.has(each)),
    })),
    evidence: map.evidence
      .filter(each => !settled.has(each.id))
      .map(each => ({ ...each, preservedBy: each.preservedBy.filter(isLeft) })),
    // What was noticed once is not noticed a second time.
    sharedCosts: map.sharedCosts
      .filter(({ any }) => any.every(isLeft))
      .map(each => ({ ...each, any: each.any.filter(isLeft) })),
    force: {
      in: map.force.in.filter(isLeft),
      out: [...new Set([...map.force.out, ...barred])].filter(isLeft),
    },
  }
}

/** Evidence that is safe by now, and evidence that is gone. Neither can be destroyed again. */
function findSettledEvidence(
  map: AccessMap,
  isDone: ReadonlySet<string>,
  safe: readonly string[],
): ReadonlySet<string> {
  const settled = new Set(safe)
  for (const { id, preservedBy } of map.evidence)
    if (preservedBy.some(step => isDone.has(step))) settled.add(id)
  for (const step of map.steps) if (isDone.has(step.id)) for (const id of step.destroys) settled.add(id)
  return settled
}

/** What the suspected person holds today, with every secret they could read at any time until then. */
function rememberAll(map: AccessMap, taken: readonly string[]): readonly Holding[] {
  const held = [...map.holds.suspect]
  const secrets = map.nodes.filter(node => node.kind === 'secret').map(node => node.id)
  if (secrets.length === 0) return held
  const strongest = new Map<string, Belief>()
  for (const belief of beliefs) {
    const { closures, nodeAt, stepAt } = compileMap(map, { level: belief })
    for (let many = 0; many <= taken.length; many += 1) {
      const state = closures.suspect.run(taken.slice(0, many).map(step => stepAt.get(step) ?? -1))
      for (const secret of secrets)
        if (!strongest.has(secret) && state.has(nodeAt.get(secret) ?? -1)) strongest.set(secret, belief)
    }
  }
  for (const [node, belief] of strongest)
    if (!held.some(each => each.node === node && beliefs.indexOf(each.belief) <= beliefs.indexOf(belief)))
      held.push({ node, belief })
  return held
}
