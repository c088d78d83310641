import { startHighs } from '../../access-engine/plan/highs-solver.ts'
import { planLockOut, planLockOutInOrder } from '../../access-engine/plan/lock-out-plan.ts'
import { weighPlanInHand } from '../../access-engine/plan/plan-in-hand.ts'
import { countUnnoticed, findLostEvidence, findPrice } from '../../access-engine/plan/plan-price.ts'
import type { Solver } from '../../access-engine/plan/solver.ts'
import { planUnnoticed } from '../../access-engine/plan/what-if.ts'
import type { AccessMap, Measures } from '../../access-engine/reach/map.ts'
import { type Calculation, calculate, type MayCalculate } from '../../platform/calculation.ts'

/** One plan to choose from: what it asks of the client, how much of it is unnoticed, and what it leaves open. */
export type PlanOption = {
  readonly kind: 'least' | 'next' | 'unnoticed'
  readonly order: readonly string[]
  readonly price: Measures
  readonly unnoticed: number
  readonly opens: readonly string[]
  /** Evidence that it destroys and does not itself keep. */
  readonly loses: readonly string[]
  /** Nothing that does as much asks less. */
  readonly isProven: boolean
}

export type ComparedPlans = {
  readonly options: readonly PlanOption[]
  /** How many plans ask about as little and have no safe order. */
  readonly withoutOrder: number
  readonly why: string | null
}

/** Milliseconds for each of the questions. Together they stay within what somebody will wait for. */
const patience = 4_000

/**
 * The plans side by side: the one that asks least, the next ones, and the best that nobody would notice. Each was
 * checked and has a safe order from the client's current state. It may take seconds and holds no transaction.
 */
export function comparePlans(
  clinic: MayCalculate,
  map: AccessMap,
  never: readonly string[],
): Promise<ComparedPlans> {
  return calculate(clinic, planComparison, { map, never })
}

type Asked = { readonly map: AccessMap; readonly never: readonly string[] }

export const planComparison: Calculation<Asked, ComparedPlans> = {
  name: 'compare-plans',
  limit: 10 * patience,
  run: compare,
}

async function compare({ map, never }: Asked): Promise<ComparedPlans> {
  if (map.steps.length === 0) return { options: [], withoutOrder: 0, why: null }
  const known = new Set(map.steps.map(step => step.id))
  const leave = never.filter(step => known.has(step))
  const solver = startHighs()
  try {
    const least = await planLockOutInOrder(map, solver, { limit: patience, wishes: { leave } })
    const options: PlanOption[] = []
    let withoutOrder = 0
    // Rule S9: another plan that is cheaper only because it keeps less evidence is not offered.
    const preservers = new Map(map.evidence.map(each => [each.id, each.preservedBy]))
    const isKeepable = (id: string): boolean =>
      (preservers.get(id) ?? []).some(step => known.has(step) && !leave.includes(step))
    const add = (kind: PlanOption['kind'], order: readonly string[], isProven: boolean): void => {
      if (order.length === 0 || options.some(each => isSame(each.order, order))) return
      const { isSound, opens } = weighPlanInHand(map, order)
      if (!isSound) return
      const [price, loses] = [findPrice(map, order), findLostEvidence(map, order)]
      if (kind !== 'least' && loses.some(isKeepable)) return
      options.push({ kind, order, price, unnoticed: countUnnoticed(map, order), opens, loses, isProven })
    }
    add('least', least.order, least.status === 'optimal')
    const wanted = { limit: patience, alternatives: 3, wishes: { leave } }
    for (const { steps } of (await planLockOut(map, solver, wanted)).alternatives) {
      const order = await orderSteps(map, solver, steps)
      if (order) add('next', order, false)
      else withoutOrder += 1
    }
    const unnoticed = await planUnnoticed(map, solver, { limit: patience, wishes: { leave } })
    add('unnoticed', (await orderSteps(map, solver, unnoticed.steps)) ?? [], unnoticed.status !== 'gap')
    return { options, withoutOrder, why: least.why }
  } finally {
    await solver.end()
  }
}

/** A safe order for exactly these steps; null when there is none, or none was found in time. */
async function orderSteps(
  map: AccessMap,
  solver: Solver,
  steps: readonly string[],
): Promise<readonly string[] | null> {
  const leave = map.steps.map(step => step.id).filter(step => !steps.includes(step))
  const wishes = { take: steps, leave }
  const answer = await planLockOutInOrder(map, solver, { limit: patience / 2, wishes })
  return answer.order.length === steps.length ? answer.order : null
}

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every(step => other.includes(step))
