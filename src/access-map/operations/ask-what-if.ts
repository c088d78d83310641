import { startHighs } from '../../access-engine/plan/highs-solver.ts'
import { planLockOutInOrder } from '../../access-engine/plan/lock-out-plan.ts'
import { findLostEvidence, findPrice } from '../../access-engine/plan/plan-price.ts'
import { findWhy, planUnnoticed } from '../../access-engine/plan/what-if.ts'
import type { AccessMap, Measures } from '../../access-engine/reach/map.ts'
import { type Calculation, calculate, type MayCalculate } from '../../platform/calculation.ts'

/** Milliseconds after which the best answer so far is given, and said to be that. */
const patience = 5_000

export type WithoutStep = {
  /** Null when no plan closes as much without it. */
  readonly order: readonly string[] | null
  readonly added: readonly string[]
  readonly dropped: readonly string[]
  /** How much more it asks in each measure. Negative when it asks less. */
  readonly dearer: Measures
  readonly opens: readonly string[]
  /** Evidence that nothing in the other plan keeps. */
  readonly loses: readonly string[]
  readonly isProven: boolean
}

export type AboutStep = {
  readonly why: ReturnType<typeof findWhy>
  readonly without: WithoutStep
}

/**
 * “Why this step” and “what if not this step”, of a chosen or proposed plan: what opens again without it, and the
 * plan that would replace it. It may take seconds and holds no transaction.
 */
export function askAboutStep(
  clinic: MayCalculate,
  map: AccessMap,
  order: readonly string[],
  never: readonly string[],
  step: string,
): Promise<AboutStep> {
  return calculate(clinic, stepQuestion, { map, order, never, step })
}

type Asked = { readonly map: AccessMap; readonly never: readonly string[] }
type AskedStep = Asked & { readonly order: readonly string[]; readonly step: string }

export const stepQuestion: Calculation<AskedStep, AboutStep> = {
  name: 'ask-about-step',
  limit: 4 * patience,
  run: aboutStep,
}

async function aboutStep({ map, order, never, step }: AskedStep): Promise<AboutStep> {
  const solver = startHighs()
  try {
    const known = new Set(map.steps.map(each => each.id))
    const leave = [...never, step].filter(each => known.has(each))
    const other = await planLockOutInOrder(map, solver, { limit: patience, wishes: { leave } })
    const [before, after] = [findPrice(map, order), findPrice(map, other.order)]
    const without: WithoutStep = {
      order: other.cost === null ? null : other.order,
      added: other.order.filter(each => !order.includes(each)),
      dropped: order.filter(each => each !== step && !other.order.includes(each)),
      dearer: {
        effort: after.effort - before.effort,
        money: after.money - before.money,
        disruption: after.disruption - before.disruption,
        risk: after.risk - before.risk,
      },
      opens: other.stillReached.map(each => each.node),
      loses: findLostEvidence(map, other.order),
      isProven: other.status !== 'gap',
    }
    return { why: findWhy(map, order, step), without }
  } finally {
    await solver.end()
  }
}

/** “Nothing they could notice”: what stays exposed when only unnoticed steps are taken. */
export function askForUnnoticed(
  clinic: MayCalculate,
  map: AccessMap,
  never: readonly string[],
): Promise<UnnoticedAnswer> {
  return calculate(clinic, unnoticedQuestion, { map, never })
}

type UnnoticedAnswer = {
  readonly many: number
  readonly opens: readonly string[]
  readonly isProven: boolean
}

export const unnoticedQuestion: Calculation<Asked, UnnoticedAnswer> = {
  name: 'ask-for-quiet',
  limit: 4 * patience,
  run: forQuiet,
}

async function forQuiet({ map, never }: Asked): Promise<UnnoticedAnswer> {
  const solver = startHighs()
  try {
    const known = new Set(map.steps.map(step => step.id))
    const leave = never.filter(step => known.has(step))
    const unnoticed = await planUnnoticed(map, solver, { limit: patience, wishes: { leave } })
    const opens =
      unnoticed.cost === null
        ? map.protect.map(({ node }) => node)
        : unnoticed.stillReached.map(each => each.node)
    return { many: unnoticed.steps.length, opens: [...new Set(opens)], isProven: unnoticed.status !== 'gap' }
  } finally {
    await solver.end()
  }
}
