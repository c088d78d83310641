import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from '../foundation/calendar-day.ts'
import { findNextByDate, findReviewDates, findReviewsDue, type ReviewedPlan } from './review-schedule.ts'

const plan: ReviewedPlan = { startsOn: '2026-01-31', endsOn: '2026-05-31', reviews: [], closing: null }
const held = (on: string) => ({ on, at: `${on}T12:00:00.000Z` })

test('a plan is looked at after a week, after a month, then every month, and at its end', () => {
  expect(findReviewDates(plan.startsOn, plan.endsOn).map(each => each.on)).toEqual([
    '2026-02-07',
    '2026-02-28',
    '2026-03-31',
    '2026-04-30',
    '2026-05-31',
  ])
})

test('a review that was held covers what was due until that day, and no more', () => {
  expect(findNextByDate({ ...plan, reviews: [held('2026-03-05')] })?.on).toBe('2026-03-31')
  expect(findNextByDate({ ...plan, reviews: [held('2026-05-31')] })).toBeNull()
  expect(findNextByDate({ ...plan, closing: {} })).toBeNull()
})

test('something that happened asks for a review the same day, until one was held', () => {
  const at = new Date('2026-02-03T09:00:00Z')
  const occurrences = [{ trigger: 'order-served', on: '2026-02-03', at }] as const
  expect(findReviewsDue(plan, occurrences, '2026-02-03').map(each => each.because.kind)).toEqual(['trigger'])
  expect(findReviewsDue({ ...plan, reviews: [held('2026-02-03')] }, occurrences, '2026-02-04')).toEqual([])
  expect(findReviewsDue({ ...plan, closing: {} }, occurrences, '2026-02-04')).toEqual([])
})

test('what happened before the plan began asks for no review', () => {
  const occurrences = [{ trigger: 'separation', on: '2026-01-02', at: new Date('2026-01-02') }] as const
  expect(findReviewsDue(plan, occurrences, '2026-02-01')).toEqual([])
})

test('a plan that is never looked at always has exactly one review due by date once a week has passed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 7, max: 400 }), days => {
      const due = findReviewsDue(plan, [], addDays(plan.startsOn, days))
      expect(due.map(each => each.on)).toEqual(['2026-02-07'])
    }),
  )
})
