import { sayDay } from '../foundation/calendar-day.ts'
import type { ReviewDue } from './review-schedule.ts'
import { sayTrigger } from './trigger.ts'

/** Why a review is due, as it is on screen. */
export function sayReviewReason({ on, because }: ReviewDue): string {
  const day = sayDay(on)
  if (because.kind === 'trigger') {
    return because.trigger === 'new-incident'
      ? `A new incident of following, watching or interfering, ${day}`
      : `${sayTrigger(because.trigger)}, ${day}`
  }
  switch (because.which) {
    case 'week':
      return `The first week, due ${day}`
    case 'month':
      return `The first month, due ${day}`
    case 'monthly':
      return `The monthly review, due ${day}`
    case 'end':
      return `The end of the plan, due ${day}`
  }
}
