import { startHighs } from '../../access-engine/plan/highs-solver.ts'
import { planLockOutInOrder } from '../../access-engine/plan/lock-out-plan.ts'
import { type AimedPlan, type PlanAim, planForAims } from '../../access-engine/plan/plan-aims.ts'
import type { AccessMap } from '../../access-engine/reach/map.ts'
import { type Calculation, calculate, type MayCalculate } from '../../platform/calculation.ts'
import { numberOfObject } from '../../platform/kept-by-object.ts'
import { keepLately } from '../../platform/kept-lately.ts'
import { findThingsAtWork, isStepWith } from '../lock-out/at-work.ts'
import {
  type AimName,
  aimNames,
  findPlanAims,
  findPlanFigures,
  isNowhereWorse,
  isToWish,
  isWorthOffering,
  type PlanFacts,
  type PlanFigures,
} from '../lock-out/plan-figures.ts'
import type { DrawnCase } from './draw-up-case.ts'
import { findPlannedLockOut } from './plan-lock-out.ts'

/** One plan to choose from: what it is the best in, and what it asks of the client. */
export type PlanOption = {
  /** Empty for the first plan, which asks least of everything together. */
  readonly bestIn: readonly AimName[]
  readonly order: readonly string[]
  readonly figures: PlanFigures
  /** Nothing that does as much asks less. */
  readonly isProven: boolean
}

export type ComparedPlans = {
  readonly options: readonly PlanOption[]
  /** In these no other plan is better than the first, which could be better in them; in those it is by too little. */
  readonly noneBetter: readonly AimName[]
  readonly hardlyBetter: readonly AimName[]
  /** For these there was no time. */
  readonly open: readonly AimName[]
  readonly why: string | null
}

/** Milliseconds for the first plan, and for all others together. */
const patience = 4_000

type FirstFound = {
  readonly order: readonly string[]
  readonly opens: readonly string[]
  readonly isProven: boolean
  readonly why: string | null
}

type Asked = {
  readonly map: AccessMap
  readonly never: readonly string[]
  /** The plan that the others are held against; null asks for that plan itself. */
  readonly first: FirstFound | null
  readonly aims: readonly (readonly [AimName, PlanAim])[]
}

type Found = { readonly first: FirstFound; readonly answers: readonly (readonly [AimName, AimedPlan])[] }

/** Comparisons that were done lately and that more time would not change, as plans are kept (`plan-lock-out.ts`); characters in all. */
const compared = keepLately<ComparedPlans>(4 * 1024 * 1024)

/** What is looked for side by side, each in a process of its own where there is one. */
const together: readonly (readonly AimName[])[] = [
  ['least-noticed', 'least-money', 'unnoticed-only'],
  ['soonest', 'keeps-most', 'not-at-work'],
]

/**
 * The plans side by side: the one that asks least of everything together, and those that are better in one thing that may
 * matter to the client. Each was checked and has a safe order from the client's current state. It may take seconds and
 * holds no transaction. The first is not looked for again where the lock-out page has found it.
 */
export async function comparePlans(
  clinic: MayCalculate,
  drawn: Pick<DrawnCase, 'map' | 'cameFrom' | 'inventory'>,
  asked: readonly string[],
): Promise<ComparedPlans> {
  const { map } = drawn
  const never = map.steps.map(step => step.id).filter(step => asked.includes(step))
  const name = JSON.stringify([numberOfObject(map), ...never])
  const before = compared.get(name)
  if (before) return before
  const ask = (first: FirstFound | null, aims: Asked['aims']): Promise<Found> =>
    calculate(clinic, planComparison, { map, never, first, aims })
  const first = findPlannedLockOut(map, never) ?? (await ask(null, [])).first
  if (first.order.length === 0) return { ...nothing, why: first.why }
  const facts = findPlanFacts(drawn)
  const aims = findPlanAims(facts)
  const ofFirst = findPlanFigures(facts, first.order, first.opens)
  const found = await Promise.all(
    together.map(names =>
      ask(
        first,
        names.filter(each => isToWish(each, ofFirst)).map(each => [each, aims[each]]),
      ),
    ),
  )
  const answers = new Map(found.flatMap(each => each.answers))
  const chosen = choose((order, opens) => findPlanFigures(facts, order, opens), first, answers)
  if (chosen.open.length === 0 && chosen.options.every(each => each.isProven))
    compared.set(name, chosen, JSON.stringify(chosen).length)
  return chosen
}

const nothing: ComparedPlans = { options: [], noneBetter: [], hardlyBetter: [], open: [], why: null }

/** What the plans of a case are weighed by. */
function findPlanFacts({
  map,
  cameFrom,
  inventory,
}: Pick<DrawnCase, 'map' | 'cameFrom' | 'inventory'>): PlanFacts {
  const ofWork = new Set<string>(findThingsAtWork(inventory).map(({ thingId }) => thingId))
  const atWork = map.steps.map(({ id }) => id).filter(id => isStepWith(id, cameFrom.get(id), ofWork))
  return { map, thingOf: cameFrom, atWork: new Set(atWork) }
}

export const planComparison: Calculation<Asked, Found> = {
  name: 'compare-plans',
  limit: 10 * patience,
  run: compare,
}

async function compare({ map, never, first: known, aims }: Asked): Promise<Found> {
  const solver = startHighs()
  try {
    const first = known ?? (await findFirst())
    const answers = await planForAims(
      map,
      solver,
      { steps: first.order, opens: first.opens },
      aims.map(([, aim]) => aim),
      { leave: never, limit: patience },
    )
    return { first, answers: aims.map(([name], at) => [name, answers[at] ?? { is: 'open' }]) }
  } finally {
    await solver.end()
  }

  async function findFirst(): Promise<FirstFound> {
    const { order, stillReached, status, why } = await planLockOutInOrder(map, solver, {
      limit: patience,
      wishes: { leave: never },
    })
    return { order, opens: stillReached.map(each => each.node), isProven: status !== 'gap', why }
  }
}

/** Offers each other plan once, with all that it is the best in, unless one of the others is nowhere worse. */
function choose(
  figuresOf: (order: readonly string[], opens: readonly string[]) => PlanFigures,
  first: FirstFound,
  answers: ReadonlyMap<AimName, AimedPlan>,
): ComparedPlans {
  const ofFirst = figuresOf(first.order, first.opens)
  const noneBetter: AimName[] = []
  const hardlyBetter: AimName[] = []
  const open: AimName[] = []
  const found: { name: AimName; option: PlanOption }[] = []
  for (const name of aimNames) {
    if (!isToWish(name, ofFirst)) continue
    const answer = answers.get(name)
    if (!answer || answer.is === 'open') open.push(name)
    else if (answer.is !== 'other') noneBetter.push(name)
    else {
      const { order, isProven } = answer
      const figures = figuresOf(order, answer.opens)
      if (order.length === 0) noneBetter.push(name)
      else if (isNowhereWorse(ofFirst, figures)) noneBetter.push(name)
      else if (!isWorthOffering(name, ofFirst, figures)) hardlyBetter.push(name)
      else found.push({ name, option: { bestIn: [name], order, figures, isProven } })
    }
  }
  const others: PlanOption[] = []
  for (const { name, option } of found) {
    const at = others.findIndex(each => isNowhereWorse(each.figures, option.figures))
    const better = others[at]
    if (better) others[at] = { ...better, bestIn: [...better.bestIn, name] }
    else {
      // What it replaces was the best in something in which it is no worse.
      const replaced = others.filter(each => isNowhereWorse(option.figures, each.figures))
      const bestIn = [...replaced.flatMap(each => each.bestIn), name]
      others.splice(0, others.length, ...others.filter(each => !replaced.includes(each)), {
        ...option,
        bestIn,
      })
    }
  }
  const { order, isProven } = first
  return {
    options: [{ bestIn: [], order, figures: ofFirst, isProven }, ...others],
    noneBetter,
    hardlyBetter,
    open,
    why: first.why,
  }
}
