import { z } from 'zod'
import type { IncidentInShort } from '../chronology/incident.ts'
import type { CalendarDay } from '../foundation/calendar-day.ts'
import { findOccurrences } from './find-occurrences.ts'
import type { Plan } from './plan.ts'
import { findNextByDate, findReviewsDue, type ReviewDue } from './review-schedule.ts'

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

/** The days of a safety plan and of its reviews, and the instants at which something asked for one; null while there is none. */
export const planInShortSchema = z
  .object({
    startsOn: day,
    endsOn: day,
    reviews: z.array(z.object({ on: day, at: z.string() })).readonly(),
    closing: z.object({ on: day }).nullable(),
    asked: z.array(z.string()).readonly(),
  })
  .nullable()
export type PlanInShort = z.output<typeof planInShortSchema>

/**
 * Leaves of a plan what its reviews are found from.
 *
 * @param ofOrders when something of the orders asked for a review. What it was is left out: not everybody who sees the
 *   plan sees the orders
 */
export function planInShort(plan: Plan | null, ofOrders: readonly Date[]): PlanInShort {
  if (!plan) return null
  const { startsOn, endsOn, reviews, closing, changes } = plan
  return {
    startsOn,
    endsOn,
    reviews: reviews.map(({ on, at }) => ({ on, at })),
    closing: closing && { on: closing.on },
    asked: [...changes.map(({ at }) => at), ...ofOrders.map(at => at.toISOString())],
  }
}

/** The reviews that are due on a day, and the next by date. */
export function findReviewsInShort(
  plan: NonNullable<PlanInShort>,
  incidents: readonly IncidentInShort[],
  { zone, today }: { readonly zone: string; readonly today: CalendarDay },
): { readonly due: readonly ReviewDue[]; readonly next: ReviewDue | null } {
  const reported = plan.asked.map(at => ({ kind: 'other' as const, at }))
  return {
    due: findReviewsDue(plan, findOccurrences(incidents, reported, zone), today),
    next: findNextByDate(plan),
  }
}
