import { expect, test } from 'vitest'
import { findCapacity } from './capacity.ts'
import { findFigures } from './figures.ts'
import { findYear, monthsBefore, sayMonth } from './months.ts'
import { findTypicalWait } from './waits.ts'

const rule = { least: 5, roundTo: 5 }

test('a year is twelve whole months, and the month that is not over is none of them', () => {
  expect(findYear('2026-11-26')).toEqual([
    '2025-11',
    '2025-12',
    '2026-01',
    '2026-02',
    '2026-03',
    '2026-04',
    '2026-05',
    '2026-06',
    '2026-07',
    '2026-08',
    '2026-09',
    '2026-10',
  ])
  expect(findYear('2026-01-01', 1)[0]).toBe('2024-01')
  expect(findYear('2026-01-01').at(-1)).toBe('2025-12')
  expect(monthsBefore('2024-02', 14)).toBe('2022-12')
  expect(sayMonth('2026-03')).toBe('March 2026')
})

test('half of those who waited are within the median, and a few are not shown at all', () => {
  expect(findTypicalWait([], 5)).toEqual({ kind: 'none' })
  expect(findTypicalWait([{ days: 90, cases: 4 }], 5)).toEqual({ kind: 'too-small' })
  expect(
    findTypicalWait(
      [
        { days: 30, cases: 1 },
        { days: 2, cases: 5 },
        { days: 9, cases: 4 },
      ],
      5,
    ),
  ).toEqual({ kind: 'days', median: 2, ninth: 9 })
})

test('a year without a single referral says none, and a change is given only from what is shown', () => {
  const none = findFigures({ referrals: [], closings: [], waits: [], firstWaits: [] }, '2026-11-26', rule)
  expect(none.thisYear.referrals.total).toEqual({ kind: 'none' })
  expect(none.thisYear.referrals.cells.length).toBeGreaterThan(1)
  expect(none.thisYear.referrals.cells.every(cell => cell.kind === 'none')).toBe(true)
  expect(none.change).toBe(null)
  const referrals = [
    { month: '2026-03', kind: 'opened', count: 100 },
    { month: '2025-03', kind: 'opened', count: 80 },
    { month: '2026-11', kind: 'opened', count: 999 },
  ]
  const some = findFigures({ referrals, closings: [], waits: [], firstWaits: [] }, '2026-11-26', rule)
  expect(some.thisYear.referrals.total).toEqual({ kind: 'count', about: 100 })
  expect(some.change).toBe(25)
  const firstWaits = [{ month: '2026-03', days: 12, cases: 5 }]
  const waited = findFigures({ referrals, closings: [], waits: [], firstWaits }, '2026-11-26', rule)
  expect(waited.thisYear.firstWait).toEqual({ kind: 'days', median: 12, ninth: 12 })
  expect(waited.yearBefore.firstWait).toEqual({ kind: 'none' })
  const few = findFigures(
    { referrals: [{ month: '2026-03', kind: 'opened', count: 3 }], closings: [], waits: [], firstWaits: [] },
    '2026-11-26',
    rule,
  )
  expect(few.thisYear.referrals.total).toEqual({ kind: 'too-small' })
  expect(few.change).toBe(null)
})

test('four hundred calls where a hundred came fill a clinic that was at ease, and the queue is said', () => {
  const before = findCapacity({ referrals: 100, share: 40, appointments: 2, slots: 25 })
  expect(before.load).toBeLessThan(1)
  expect(before.queue).toEqual([])
  const after = findCapacity({ referrals: 400, share: 40, appointments: 2, slots: 25 })
  expect(Math.ceil(after.needed)).toBe(74)
  expect(after.queue.map(each => each.months)).toEqual([3, 6, 12])
  expect(after.queue[2]?.weeks).toBe(102)
})
