import { expect, test } from 'vitest'
import { isReadLongAgo, type LawReading, sayLawReading } from './law-reading.ts'

const reading: LawReading = { source: 'an Act, section 1', readOn: '2026-11-29', seen: 'wording' }

test('a rule that nobody has read for a year says so from that very day', () => {
  expect(isReadLongAgo(reading, '2027-11-28')).toBe(false)
  expect(isReadLongAgo(reading, '2027-11-29')).toBe(true)
  expect(sayLawReading(reading, '2027-11-28')).toBe('Read on 29 November 2026 (an Act, section 1).')
  expect(sayLawReading(reading, '2027-11-29')).toContain('Nobody has read it for a year')
})

test('a rule whose wording nobody saw says that too', () => {
  expect(sayLawReading({ ...reading, seen: 'title' }, '2026-12-01')).toContain('its wording was not seen')
  expect(sayLawReading({ ...reading, seen: 'copy' }, '2026-12-01')).toContain('a copy of it, was seen')
})
