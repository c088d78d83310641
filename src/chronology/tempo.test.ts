import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countByHourOfWeek } from './clock-pattern.ts'
import { dayNumber, weekdayOfHour } from './counted-hour.ts'
import { countPerWeek } from './tempo.ts'

test('a week runs from Monday to Sunday, and an uneventful week between two busy ones is there with nothing', () => {
  expect(
    countPerWeek([
      { hour: '2026-03-02T00:00:00', counted: 2 },
      { hour: '2026-03-08T23:00:00', counted: 3 },
      { hour: '2026-03-16T09:00:00', counted: 1 },
    ]).weeks,
  ).toEqual([
    { monday: '2026-03-02', counted: 5 },
    { monday: '2026-03-09', counted: 0 },
    { monday: '2026-03-16', counted: 1 },
  ])
})

test('what has no known time is counted apart, in no week and no hour', () => {
  const hours = [{ hour: null, counted: 4 }]
  expect(countPerWeek(hours)).toEqual({ weeks: [], unknown: 4 })
  expect(
    countByHourOfWeek(hours)
      .grid.flat()
      .every(count => count === 0),
  ).toBe(true)
  expect(countByHourOfWeek(hours).unknown).toBe(4)
})

test('a record dated far in the past does not make a picture of a thousand weeks', () => {
  const { weeks } = countPerWeek([
    { hour: '1970-01-01T00:00:00', counted: 1 },
    { hour: '2026-03-16T09:00:00', counted: 1 },
  ])
  expect(weeks).toHaveLength(208)
  expect(weeks.at(-1)).toEqual({ monday: '2026-03-16', counted: 1 })
})

test('3am on a Saturday stands in the row of Saturday and the column of three', () => {
  const { grid } = countByHourOfWeek([{ hour: '2026-03-07T03:59:00', counted: 7 }])
  expect(grid[5]?.[3]).toBe(7)
})

test('whatever is counted, nothing is lost and nothing is counted twice', () => {
  const hour = fc
    .date({ min: new Date('2024-01-01'), max: new Date('2026-12-31'), noInvalidDate: true })
    .map(date => date.toISOString().slice(0, 19))
  fc.assert(
    fc.property(
      fc.array(fc.record({ hour: fc.option(hour), counted: fc.integer({ min: 1, max: 9 }) })),
      hours => {
        const total = hours.reduce((sum, each) => sum + each.counted, 0)
        const tempo = countPerWeek(hours)
        const pattern = countByHourOfWeek(hours)
        const inWeeks = tempo.weeks.reduce((sum, week) => sum + week.counted, 0)
        const inGrid = pattern.grid.flat().reduce((sum, count) => sum + count, 0)
        return (
          inWeeks + tempo.unknown === total &&
          inGrid + pattern.unknown === total &&
          tempo.weeks.every(week => weekdayOfHour(dayNumber(week.monday)) === 0)
        )
      },
    ),
  )
})
