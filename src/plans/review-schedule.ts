import { addDays, addMonths, type CalendarDay } from '../foundation/calendar-day.ts'
import type { Trigger } from './trigger.ts'

/** A review that is to be held, and why. */
export type ReviewDue = {
  readonly on: CalendarDay
  readonly because:
    | { readonly kind: 'date'; readonly which: 'week' | 'month' | 'monthly' | 'end' }
    | { readonly kind: 'trigger'; readonly trigger: Trigger | 'new-incident' }
}

/** Something that asks for a review, at the moment the clinic learnt of it. */
export type Occurrence = {
  readonly trigger: Trigger | 'new-incident'
  readonly on: CalendarDay
  readonly at: Date
}

export type ReviewedPlan = {
  readonly startsOn: CalendarDay
  readonly endsOn: CalendarDay
  readonly reviews: readonly { readonly on: CalendarDay; readonly at: string }[]
  readonly closing: object | null
}

/** The reviews by date: after a week, after a month, then every month, and at the end. */
// Order of intervention, step 14: review at one week, at one month, then through the whole of the plan
export function findReviewDates(startsOn: CalendarDay, endsOn: CalendarDay): readonly ReviewDue[] {
  const dates: ReviewDue[] = [
    { on: addDays(startsOn, 7), because: { kind: 'date', which: 'week' } },
    { on: addMonths(startsOn, 1), because: { kind: 'date', which: 'month' } },
  ]
  for (let months = 2; addMonths(startsOn, months) < endsOn; months += 1)
    dates.push({ on: addMonths(startsOn, months), because: { kind: 'date', which: 'monthly' } })
  return [...dates.filter(each => each.on < endsOn), { on: endsOn, because: { kind: 'date', which: 'end' } }]
}

/**
 * The next review by date: the first that no review held on or after its day covers. Null for a closed plan, and when
 * all were held.
 */
export function findNextByDate(plan: ReviewedPlan): ReviewDue | null {
  if (plan.closing) return null
  const last =
    plan.reviews
      .map(each => each.on)
      .sort()
      .at(-1) ?? ''
  return findReviewDates(plan.startsOn, plan.endsOn).find(each => each.on > last) ?? null
}

/**
 * The reviews that are due today: the earliest by date whose day has come, and one for each occurrence since the last
 * review. A closed plan has none.
 */
export function findReviewsDue(
  plan: ReviewedPlan,
  occurrences: readonly Occurrence[],
  today: CalendarDay,
): readonly ReviewDue[] {
  if (plan.closing) return []
  const lastAt = plan.reviews.reduce((latest, each) => Math.max(latest, Date.parse(each.at)), 0)
  const byDate = findNextByDate(plan)
  const byTrigger = occurrences
    .filter(each => each.at.getTime() > lastAt && each.on >= plan.startsOn)
    .map(({ trigger, on }): ReviewDue => ({ on, because: { kind: 'trigger', trigger } }))
  return [...byTrigger, ...(byDate && byDate.on <= today ? [byDate] : [])]
}
