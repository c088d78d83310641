import { expect, test } from 'vitest'
import { verifyExtension, verifyPlanDates } from './plan-length.ts'

const today = '2026-03-02'
const check = (startsOn: string, endsOn: string, expected: string | null) => {
  const [problem] = verifyPlanDates({ startsOn, endsOn }, today)
  if (expected === null) expect(problem, `${startsOn} to ${endsOn}`).toBeUndefined()
  else expect(problem?.message, `${startsOn} to ${endsOn}`).toContain(expected)
}

test('a plan runs from three to six months', () => {
  check('2026-03-02', '2026-06-02', null)
  check('2026-03-02', '2026-06-01', null)
  check('2026-03-02', '2026-09-02', null)
  check('2026-03-02', '2026-05-20', 'at least 3 months')
})

test('a plan of seven months is told the last day it may have, and what to do instead', () => {
  check('2026-03-02', '2026-10-02', 'on or before 2 September 2026')
  check('2026-03-02', '2026-10-02', 'extend it at a review')
})

test('a plan does not end before it starts, and starts about now', () => {
  check('2026-03-02', '2026-03-02', 'after it starts')
  check('2025-03-02', '2025-07-02', 'within a month of today')
  check('2026-02-10', '2026-06-10', null)
})

test('a review extends to six months from itself at most', () => {
  expect(verifyExtension('2026-06-02', '2026-09-02', today)).toEqual([])
  expect(verifyExtension('2026-06-02', '2026-05-02', today)[0]?.message).toBe(
    'The new end must be after 2 June 2026',
  )
  expect(verifyExtension('2026-06-02', '2026-10-02', today)[0]?.message).toContain(
    'on or before 2 September 2026',
  )
})
