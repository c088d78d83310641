import { findStatesAfterSteps, type StateAfterStep } from '../../access-engine/plan/after-each-step.ts'
import type { CalendarDay } from '../../foundation/calendar-day.ts'
import { keepByObject } from '../../platform/kept-by-object.ts'
import { findSittingFacts } from '../lock-out/sitting-facts.ts'
import { cutIntoSittings, type Sitting } from '../lock-out/sittings.ts'
import type { DrawnCase } from './draw-up-case.ts'

/** What is left of a plan, in sittings, and how things are after each of its steps in that order. */
export type PlanInSittings = {
  readonly sittings: readonly Sitting[]
  readonly statesAfterSteps: readonly StateAfterStep[]
}

/** Plans cut lately; weighed by the parts of the map that are held after their steps, some forty bytes each. */
const lately = keepByObject<PlanInSittings>(400_000, ({ statesAfterSteps }) =>
  statesAfterSteps.reduce((sum, { ofSuspect }) => sum + 20 + ofSuspect.size, 20),
)

/**
 * Cuts the steps that are left into sittings, once for each plan, day and length of an appointment.
 *
 * @param states after each step that is left, in the order of the plan
 * @param target minutes of an appointment
 */
export function cutPlan(
  drawn: Pick<DrawnCase, 'map' | 'whole' | 'cameFrom' | 'lockOut'>,
  states: readonly StateAfterStep[],
  { today, target }: { readonly today: CalendarDay; readonly target: number },
): PlanInSittings {
  const find = (): PlanInSittings => {
    const order = states.map(({ step }) => step)
    const sittings = cutIntoSittings(drawn.map, order, findSittingFacts(drawn, order, { today, target }))
    const taken = sittings.flatMap(({ steps }) => steps)
    const isSame = taken.every((step, index) => step === order[index])
    return {
      sittings,
      statesAfterSteps: isSame ? states : findStatesAfterSteps(drawn.map, 'possible', taken),
    }
  }
  return lately([drawn.map, states], find, `${today} ${String(target)}`)
}
