import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readTimeOfDay } from './read-time-of-day.ts'

test('times are read as people write them', () => {
  const table: readonly (readonly [string, string | null])[] = [
    ['16:05', '16:5'],
    ['4:05pm', '16:5'],
    ['4.05 p.m.', '16:5'],
    ['4 PM', '16:0'],
    ['12am', '0:0'],
    ['12:30pm', '12:30'],
    ['0930', '9:30'],
    ['midday', '12:0'],
    ['Midnight', '0:0'],
    ['4', null],
    ['24:00', null],
    ['13pm', null],
    ['7:60', null],
    ['about four', null],
    ['', null],
  ]
  for (const [typed, expected] of table) {
    const read = readTimeOfDay(typed)
    expect(read === null ? null : `${read.hour}:${read.minute}`, typed).toBe(expected)
  }
})

test('whatever is typed, a time that is read is on the clock', () => {
  fc.assert(
    fc.property(fc.string(), typed => {
      const read = readTimeOfDay(typed)
      return read === null || (read.hour >= 0 && read.hour < 24 && read.minute >= 0 && read.minute < 60)
    }),
  )
})
