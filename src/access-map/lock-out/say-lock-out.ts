import type { LockOutRefusal } from './lock-out-change.ts'

/** Why a change of the lock-out plan was refused, and what to do next. */
export function sayLockOutRefusal(because: LockOutRefusal): string {
  switch (because) {
    case 'no-plan':
      return 'No plan is chosen yet. Choose one first'
    case 'no-such-card':
      return 'This step is not in the plan'
    case 'changed-meanwhile':
      return 'A colleague changed this a moment ago. What they saved is shown now; look at it, then go on'
    case 'not-from-here':
      return 'The step has moved on since. Choose from what is offered now'
    case 'not-sound':
      return 'The map has changed, and this plan can no longer be taken in this order. Look at the plan that is shown now'
    case 'blocked':
      return 'This step cannot go ahead yet'
    case 'nothing-to-keep':
      return 'Nothing that this step would destroy is left to be kept'
  }
}
