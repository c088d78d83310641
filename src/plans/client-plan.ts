import type { CalendarDay } from '../foundation/calendar-day.ts'
import { type ActionState, sayActionPlainly } from './action.ts'
import type { Plan } from './plan.ts'
import { findNextByDate } from './review-schedule.ts'

/** Where an action stands on paper and on the client’s page: what waits stands apart. */
export const clientPlanParts = ['now', 'waiting', 'finished'] as const
export type ClientPlanPart = (typeof clientPlanParts)[number]

export type ClientAction = {
  /** Its place in the plan, from 1: the number it has for those who work with the client. */
  readonly number: number
  readonly part: ClientPlanPart
  readonly words: string
  readonly isOfClient: boolean
  /** Only of what goes ahead: what waits has no day here, and what is finished needs none. */
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
 * its order. A day stands only by what goes ahead: nobody is to learn of what waits on which day it is meant to be. It does not say
 * what it is about, and names no agency (S2).
 */
export function writeClientPlan(plan: Plan): ClientPlan {
  return {
    startsOn: plan.startsOn,
    endsOn: plan.endsOn,
    isClosed: plan.closing !== null,
    actions: plan.actions.flatMap((action, index) => {
      if (action.state === 'reversed') return []
      const part = findPart(action.state)
      return [
        {
          number: index + 1,
          part,
          words: sayActionPlainly(action, index + 1),
          isOfClient: action.owner.kind === 'client',
          dueOn: part === 'now' ? action.dueOn : null,
          state: sayStatePlainly(action.state),
        },
      ]
    }),
    nextReviewOn: findNextByDate(plan)?.on ?? null,
  }
}

/** The heading of a part. */
export function sayPartPlainly(part: ClientPlanPart): string {
  switch (part) {
    case 'now':
      return 'Now'
    case 'waiting':
      return 'Wait until we have spoken'
    case 'finished':
      return 'Finished'
  }
}

function findPart(state: ActionState): ClientPlanPart {
  switch (state) {
    case 'scheduled':
      return 'now'
    case 'done':
    case 'declined-by-client':
      return 'finished'
    case 'proposed':
    case 'safety-gated':
    case 'evidence-captured':
    case 'reversed':
      return 'waiting'
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
