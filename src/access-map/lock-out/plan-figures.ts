import type { PlanAim } from '../../access-engine/plan/plan-aims.ts'
import { countUnnoticed, findLostEvidence } from '../../access-engine/plan/plan-price.ts'
import type { AccessMap } from '../../access-engine/reach/map.ts'

/** What a plan may be the best in. A plan that is the best in several is one plan. */
export const aimNames = [
  'least-noticed',
  'soonest',
  'least-money',
  'keeps-most',
  'not-at-work',
  'unnoticed-only',
] as const
export type AimName = (typeof aimNames)[number]

/** What plans are weighed by beside the map: the thing of each step, and the steps that are taken at the work. */
export type PlanFacts = {
  readonly map: AccessMap
  readonly thingOf: ReadonlyMap<string, string>
  readonly atWork: ReadonlySet<string>
}

/** A plan in units that a person knows. The lists are ids, each once. */
export type PlanFigures = {
  readonly steps: number
  /** Steps that the suspected person may notice. */
  readonly noticed: number
  /** Steps before the first of these. It is shown, and is no measure: a plan of fewer steps has fewer of them. */
  readonly unnoticedFirst: number
  readonly minutes: number
  readonly pounds: number
  /** Things that are given up, or exchanged for others. */
  readonly givenUp: readonly string[]
  /** Steps that interrupt something of the client’s for a while. */
  readonly interruptions: number
  /** Steps that may go wrong. */
  readonly risky: number
  /** Steps at the work. */
  readonly atWork: number
  /** What is protected and stays open. */
  readonly opens: readonly string[]
  /** Evidence that is lost. */
  readonly loses: readonly string[]
}

/**
 * What one point of money in the catalogue is taken for, in pounds. Nobody has looked up a price: it is a guess of ours, as the
 * minutes are (`act-needs.ts`), and wherever a figure stands, “about” stands before it.
 */
export const guessedPoundsOfMoney = 20

/** A step that disrupts as much as this gives a thing up or exchanges it; one that disrupts less interrupts it. */
const leastGivenUp = 4
/** A step of this risk or more may go wrong; below it lies what every change of a setting has. */
const leastRisky = 3

type Step = AccessMap['steps'][number]
const minutesOf = ({ minutes }: Step): number => minutes
const givesUp = ({ cost }: Step): boolean => cost.disruption >= leastGivenUp
const thingOfStep = ({ thingOf }: PlanFacts, { id }: Step): string => thingOf.get(id) ?? id

/** Counts what a plan asks. `opens` is what is protected and stays open after it. */
export function findPlanFigures(
  facts: PlanFacts,
  order: readonly string[],
  opens: readonly string[],
): PlanFigures {
  const taken = new Set(order)
  const steps = facts.map.steps.filter(step => taken.has(step.id))
  const count = (is: (step: Step) => boolean): number => steps.filter(is).length
  return {
    steps: steps.length,
    noticed: count(step => step.alerts),
    unnoticedFirst: countUnnoticed(facts.map, order),
    minutes: steps.reduce((sum, step) => sum + minutesOf(step), 0),
    pounds: steps.reduce((sum, step) => sum + guessedPoundsOfMoney * step.cost.money, 0),
    givenUp: [...new Set(steps.filter(givesUp).map(step => thingOfStep(facts, step)))],
    interruptions: count(step => step.cost.disruption > 0 && !givesUp(step)),
    risky: count(step => step.cost.risk >= leastRisky),
    atWork: count(step => facts.atWork.has(step.id)),
    opens,
    loses: findLostEvidence(facts.map, order),
  }
}

/** What each aim asks of a search. */
export function findPlanAims(facts: PlanFacts): Readonly<Record<AimName, PlanAim>> {
  const { steps } = facts.map
  const amounts = (of: (step: Step) => number): PlanAim => ({
    amounts: new Map(steps.map(step => [step.id, of(step)] as const).filter(([, amount]) => amount > 0)),
  })
  const things = new Map<string, string[]>()
  for (const step of steps.filter(givesUp)) {
    const thing = thingOfStep(facts, step)
    things.set(thing, [...(things.get(thing) ?? []), step.id])
  }
  return {
    'least-noticed': amounts(step => (step.alerts ? 1 : 0)),
    soonest: amounts(minutesOf),
    'least-money': amounts(step => step.cost.money),
    'keeps-most': { once: [...things.values()].map(any => ({ amount: 1, any })) },
    'not-at-work': { without: [...facts.atWork] },
    'unnoticed-only': { without: steps.filter(step => step.alerts).map(step => step.id) },
  }
}

/** Whether a plan leaves anything to wish for in this: what costs nothing cannot cost less. */
export function isToWish(name: AimName, { noticed, minutes, pounds, givenUp, atWork }: PlanFigures): boolean {
  const amounts: Readonly<Record<AimName, number>> = {
    'least-noticed': noticed,
    soonest: minutes,
    'least-money': pounds,
    'keeps-most': givenUp.length,
    'not-at-work': atWork,
    'unnoticed-only': noticed,
  }
  return amounts[name] > 0
}

/** Whether a plan is nowhere worse than another, in everything that a plan is measured by. */
export function isNowhereWorse(one: PlanFigures, other: PlanFigures): boolean {
  const within = (part: readonly string[], whole: readonly string[]): boolean =>
    part.every(each => whole.includes(each))
  return (
    one.noticed <= other.noticed &&
    one.minutes <= other.minutes &&
    one.pounds <= other.pounds &&
    within(one.givenUp, other.givenUp) &&
    one.interruptions <= other.interruptions &&
    one.risky <= other.risky &&
    one.atWork <= other.atWork &&
    within(one.opens, other.opens) &&
    within(one.loses, other.loses)
  )
}

/** Whether a plan is better by enough in what it is for: a tenth of what the first asks, and a quarter of an hour of time. */
export function isWorthOffering(name: AimName, first: PlanFigures, other: PlanFigures): boolean {
  const saves = (of: (figures: PlanFigures) => number, least: number): boolean =>
    of(first) - of(other) >= Math.max(least, of(first) / 10)
  switch (name) {
    case 'least-noticed':
      return saves(each => each.noticed, 1)
    case 'soonest':
      return saves(each => each.minutes, 15)
    case 'least-money':
      return saves(each => each.pounds, 1)
    case 'keeps-most':
      return other.givenUp.length < first.givenUp.length
    case 'not-at-work':
      return other.atWork < first.atWork
    case 'unnoticed-only':
      return other.steps > 0 && first.noticed > 0
  }
}
