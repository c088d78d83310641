import { findStatesAfterSteps, type StateAfterStep } from '../../access-engine/plan/after-each-step.ts'
import { type PlanInHand, weighPlanInHand } from '../../access-engine/plan/plan-in-hand.ts'
import type { AccessMap } from '../../access-engine/reach/map.ts'
import { keepByObject } from '../../platform/kept-by-object.ts'
import { type BlocksAtAnyHour, findBlocksAtAnyHour } from '../lock-out/card-gate.ts'
import { findLeft, type LockOut } from '../lock-out/lock-out.ts'

/** What follows from the current map and the lock-out plan alone: nothing of the hour, and nothing of who reads it. */
export type WeighedPlan = {
  readonly inHand: PlanInHand
  readonly atAnyHour: ReadonlyMap<string, BlocksAtAnyHour>
  readonly statesAfterSteps: readonly StateAfterStep[]
}

/** Plans weighed lately; weighed by the parts of the map that are held after their steps, some forty bytes each. */
const lately = keepByObject<WeighedPlan>(400_000, ({ statesAfterSteps }) =>
  statesAfterSteps.reduce((sum, { ofSuspect }) => sum + 20 + ofSuspect.size, 20),
)

/** Weighs the plan that a client chose, once for each revision of it on each revision of the map. */
export function weighKeptPlan(map: AccessMap, lockOut: LockOut): WeighedPlan {
  return lately([map, lockOut], () => {
    const left = findLeft(lockOut)
    return {
      inHand: weighPlanInHand(map, left),
      atAnyHour: findBlocksAtAnyHour(map, left),
      statesAfterSteps: findStatesAfterSteps(map, 'possible', left),
    }
  })
}
