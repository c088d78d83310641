import type { CalendarDay } from '../foundation/calendar-day.ts'
import { type ActionState, sayActionPlainly } from './action.ts'
import type { Plan } from './plan.ts'
import { findNextByDate } from './review-schedule.ts'

export type ClientAction = {
  readonly words: string
  readonly isOfClient: boolean
  readonly dueOn: CalendarDay | null
  readonly state: string
}

/** The plan in words that may stand where somebody else reads them. */
export type ClientPlan = {
  readonly startsOn: CalendarDay
  readonly endsOn: CalendarDay
  readonly isClosed: boolean
  readonly actions: readonly ClientAction[]
  readonly nextReviewOn: CalendarDay | null
}

/**
 * The same plan in the client's view, and on the paper she may take with her: what is to be done, by her or by us, in
 * its order and with its days; no word of what it is about, and no agency that names it (S2).
 */
export function writeClientPlan(plan: Plan): ClientPlan {
  return {
    startsOn: plan.startsOn,
    endsOn: plan.endsOn,
    isClosed: plan.closing !== null,
    actions: plan.actions
      .filter(action => action.state !== 'reversed')
      .map(action => ({
        words: sayActionPlainly(action),
        isOfClient: action.owner.kind === 'client',
        dueOn: action.dueOn,
        state: sayStatePlainly(action.state),
      })),
    nextReviewOn: findNextByDate(plan)?.on ?? null,
  }
}

function sayStatePlainly(state: ActionState): string {
  switch (state) {
    case 'proposed':
    case 'safety-gated':
    case 'evidence-captured':
    case 'reversed':
      return 'Not yet'
    case 'scheduled':
      return 'Go ahead'
    case 'done':
      return 'Done'
    case 'declined-by-client':
      return 'You chose not to'
  }
}
