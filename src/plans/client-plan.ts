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

/** The plan in words that are safe where somebody else reads them. */
export type ClientPlan = {
  readonly startsOn: CalendarDay
  readonly endsOn: CalendarDay
  readonly isClosed: boolean
  readonly actions: readonly ClientAction[]
  readonly nextReviewOn: CalendarDay | null
}

/**
 * The plan in the client's view, and on the paper they may take with them: what is to be done, by them or by us, in
 * its order and with its days. It does not say what it is about, and names no agency (S2).
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
