import {
  type LeftToSeize,
  makeStakeFinder,
  type SeizeSums,
} from '../../src/access-engine/plan/left-to-seize.ts'
import { verifyPlan } from '../../src/access-engine/plan/verify-plan.ts'
import { verifyStepOrder } from '../../src/access-engine/plan/verify-step-order.ts'
import { type AccessMap, type Belief, weighStep } from '../../src/access-engine/reach/map.ts'
import { makeNaiveClosure } from '../../src/access-engine/reach/naive-closure.ts'

/** What the steps of a plan cost together, counted apart from everything under test. */
export function countCost(map: AccessMap, steps: readonly string[], open: readonly string[]): number {
  const taken = new Set(steps)
  const own = map.steps.filter(step => taken.has(step.id))
  const shared = map.sharedCosts.filter(({ any }) => any.some(step => taken.has(step)))
  const lost = map.evidence.filter(
    ({ id, preservedBy }) =>
      own.some(step => step.destroys.includes(id)) && !preservedBy.some(step => taken.has(step)),
  )
  const paid = [...new Set(open)].map(node => {
    const prices = map.protect.filter(each => each.node === node).map(each => each.price)
    return prices.includes(null) ? 0 : Math.max(...prices.map(price => price ?? 0))
  })
  return [
    ...own.map(step => weighStep(step, map.weights)),
    ...shared.map(({ cost }) => cost),
    ...lost.map(({ weight }) => weight),
    ...paid,
  ].reduce((sum, each) => sum + each, 0)
}

/** Every sound plan with its cost, by trying all of them. `usable` are the steps that may stand in a plan. */
export function listSoundPlans(
  map: AccessMap,
  level: Belief,
  usable: readonly string[],
): { readonly steps: readonly string[]; readonly cost: number }[] {
  const closure = makeNaiveClosure(map, level)
  const soft = new Set(map.protect.map(({ node }) => node))
  for (const { node, price } of map.protect) if (price === null) soft.delete(node)
  const plans: { steps: string[]; cost: number }[] = []
  for (let bits = 0; bits < 2 ** usable.length; bits += 1) {
    const steps = usable.filter((_, index) => (bits >> index) % 2 === 1)
    const reached = closure('suspect', new Set(steps))
    const open = [...soft].filter(node => reached.has(node))
    const cost = countCost(map, steps, open)
    if (verifyPlan(map, level, { steps, cost, stillReached: open }).length === 0) plans.push({ steps, cost })
  }
  return plans.sort((one, other) => one.cost - other.cost)
}

/** The best order of a plan by trying all: the most steps before the first that the suspected person notices, or null where there is no order. */
export function findQuietestOrder(map: AccessMap, level: Belief, steps: readonly string[]): number | null {
  const closure = makeNaiveClosure(map, level)
  const loud = new Set(map.steps.filter(step => step.alerts).map(step => step.id))
  let best: number | null = null
  const extend = (order: readonly string[]): void => {
    if (order.length === steps.length) {
      const first = order.findIndex(step => loud.has(step))
      const unnoticed = first === -1 ? order.length : first
      if (best === null || unnoticed > best) best = unnoticed
      return
    }
    for (const step of steps) {
      if (order.includes(step)) continue
      // The plan decides what “in the plan” means, so the rest of it stands behind.
      const rest = steps.filter(other => !order.includes(other) && other !== step)
      const faults = verifyStepOrder(map, level, [...order, step, ...rest], undefined, closure)
      if (faults.some(fault => fault.step === step)) continue
      extend([...order, step])
    }
  }
  extend([])
  return best
}

/**
 * The least that is left to seize by any safe order of these steps that has the most unnoticed steps first, by trying every
 * order: what is kept first, then what is protected. Null where there is no order.
 */
export function findLeastLeft(map: AccessMap, level: Belief, steps: readonly string[]): SeizeSums | null {
  const most = findQuietestOrder(map, level, steps)
  if (most === null) return null
  const closure = makeNaiveClosure(map, level)
  const loud = new Set(map.steps.filter(step => step.alerts).map(step => step.id))
  const findAtStake = makeStakeFinder(map, level, steps, undefined, closure)
  const timeOf = new Map(map.steps.map(step => [step.id, step.minutes]))
  const mayFollow = new Map<string, boolean>()
  const leftOf = new Map<string, LeftToSeize>()
  let best: SeizeSums | null = null
  const extend = (order: readonly string[], { kept, open }: SeizeSums): void => {
    if (order.length === steps.length) {
      if (!best || kept < best.kept || (kept === best.kept && open < best.open)) best = { kept, open }
      return
    }
    const key = [...order].sort().join(' ')
    const left = leftOf.get(key) ?? findAtStake(new Set(order))
    leftOf.set(key, left)
    for (const step of steps) {
      if (order.includes(step) || (order.length < most && loud.has(step))) continue
      const rest = steps.filter(other => !order.includes(other) && other !== step)
      const may =
        mayFollow.get(`${key} | ${step}`) ??
        !verifyStepOrder(map, level, [...order, step, ...rest], undefined, closure).some(
          fault => fault.step === step,
        )
      mayFollow.set(`${key} | ${step}`, may)
      // What comes before the first that is noticed takes no time of theirs.
      const time = order.length < most ? 0 : (timeOf.get(step) ?? 1)
      if (may)
        extend([...order, step], {
          kept: kept + time * left.kept.length,
          open: open + time * left.open.length,
        })
    }
  }
  extend([], { kept: 0, open: 0 })
  return best
}

/**
 * How soon these steps can be taken, one after the other as they are listed: of all safe orders of a plan that begin with the steps of
 * its run, in any order, the least places of the first listed, then of the second, and so on.
 */
export function findSoonest(
  map: AccessMap,
  level: Belief,
  { order, run }: { readonly order: readonly string[]; readonly run: number },
  listed: readonly string[],
): readonly number[] | null {
  const closure = makeNaiveClosure(map, level)
  const first = order.slice(0, run)
  let best: readonly number[] | null = null
  const extend = (taken: readonly string[]): void => {
    if (taken.length === run) {
      const places = listed.map(step => taken.indexOf(step))
      const differs = places.findIndex((place, index) => place !== best?.[index])
      if (!best || (differs !== -1 && (places[differs] ?? 0) < (best[differs] ?? 0))) best = places
      return
    }
    for (const step of first) {
      if (taken.includes(step)) continue
      const rest = order.filter(other => !taken.includes(other) && other !== step)
      const faults = verifyStepOrder(map, level, [...taken, step, ...rest], undefined, closure)
      if (!faults.some(fault => fault.step === step)) extend([...taken, step])
    }
  }
  extend([])
  return best
}
