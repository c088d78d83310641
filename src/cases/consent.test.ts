import { expect, test } from 'vitest'
import { findConsentState } from './consent.ts'
import { endOfDay } from './end-of-day.ts'

const at = (text: string): Date => new Date(text)
const from = at('2026-03-02T10:00:00Z')

test('a consent holds from its first instant up to its end, and not a moment longer', () => {
  const consent = { inForceFrom: from, inForceUntil: at('2026-03-09T00:00:00Z'), withdrawnAt: null }
  expect(findConsentState(consent, at('2026-03-02T09:59:59Z'))).toBe('not-yet')
  expect(findConsentState(consent, from)).toBe('in-force')
  expect(findConsentState(consent, at('2026-03-08T23:59:59Z'))).toBe('in-force')
  expect(findConsentState(consent, at('2026-03-09T00:00:00Z'))).toBe('ended')
})

test('a withdrawal takes effect as soon as it stands, also by a clock that is behind the one it was made by', () => {
  const consent = { inForceFrom: from, inForceUntil: null, withdrawnAt: at('2026-03-03T12:00:00Z') }
  expect(findConsentState(consent, at('2026-03-03T11:59:59Z'))).toBe('withdrawn')
  expect(findConsentState(consent, at('2026-03-03T12:00:00Z'))).toBe('withdrawn')
})

test('until a day means the whole of that day, also when the clocks change', () => {
  const check = (day: string, zone = 'Europe/London') => endOfDay(day, zone)?.toISOString() ?? null
  expect(check('2026-03-02')).toBe('2026-03-03T00:00:00.000Z')
  expect(check('2026-03-29')).toBe('2026-03-29T23:00:00.000Z')
  expect(check('2026-10-25')).toBe('2026-10-26T00:00:00.000Z')
  expect(check('2026-12-31')).toBe('2027-01-01T00:00:00.000Z')
  // In Beirut the clocks go forward at midnight: that day begins at one o'clock.
  expect(check('2026-03-28', 'Asia/Beirut')).toBe('2026-03-28T22:00:00.000Z')
  expect(check('2026-02-30')).toBe(null)
})
