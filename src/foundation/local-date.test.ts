import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  findMoments,
  isKnownZone,
  isPossible,
  parseWallClock,
  readWallClock,
  type WallClock,
  writeMoment,
  writeOffset,
  writeWallClock,
} from './local-date.ts'
import { sayMoment, sayTime, sayWallClock } from './say-date.ts'

const at = (text: string): WallClock => {
  const clock = parseWallClock(text)
  if (!clock) throw new Error(`the test names an impossible time: ${text}`)
  return clock
}

const check = (local: string, zone: string, expected: readonly string[]) => {
  const found = findMoments(at(local), zone)
  const moments =
    found.kind === 'one' ? [found.moment] : found.kind === 'two' ? [found.earlier, found.later] : []
  expect(moments.map(writeMoment), `${local} in ${zone}`).toEqual(expected)
}

test('a time in winter and a time in summer are an hour apart from UTC as the law says', () => {
  check('2021-01-15T09:00:00', 'Europe/London', ['2021-01-15T09:00:00Z'])
  check('2021-07-15T09:00:00', 'Europe/London', ['2021-07-15T08:00:00Z'])
  check('2021-07-15T09:00:00', 'Asia/Kolkata', ['2021-07-15T03:30:00Z'])
})

test('an hour that came twice is two moments, and the hour that was skipped is none', () => {
  check('2021-10-31T01:30:00', 'Europe/London', ['2021-10-31T00:30:00Z', '2021-10-31T01:30:00Z'])
  check('2021-03-28T01:30:00', 'Europe/London', [])
  check('2021-10-31T00:59:59', 'Europe/London', ['2021-10-30T23:59:59Z'])
  check('2021-10-31T02:00:00', 'Europe/London', ['2021-10-31T02:00:00Z'])
  check('2021-03-28T02:00:00', 'Europe/London', ['2021-03-28T01:00:00Z'])
})

test('a half-hour change and a skipped day are seen too', () => {
  check('2021-04-04T01:45:00', 'Australia/Lord_Howe', ['2021-04-03T14:45:00Z', '2021-04-03T15:15:00Z'])
  check('2011-12-30T12:00:00', 'Pacific/Apia', [])
})

test('every moment can be found again from the clock that showed it', () => {
  const zones = ['Europe/London', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Apia']
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.integer({ min: Date.UTC(2009, 0) / 1000, max: Date.UTC(2035, 0) / 1000 }),
      (zone, seconds) => {
        const found = findMoments(readWallClock(seconds * 1000, zone), zone)
        const moments =
          found.kind === 'one' ? [found.moment] : found.kind === 'two' ? [found.earlier, found.later] : []
        expect(moments).toContain(seconds * 1000)
      },
    ),
  )
})

test('an impossible date does not roll over into the next month', () => {
  expect(parseWallClock('2021-02-29T10:00:00')).toBeNull()
  expect(parseWallClock('2024-02-29T10:00:00')).not.toBeNull()
  expect(parseWallClock('2021-04-31T10:00:00')).toBeNull()
  expect(parseWallClock('2021-04-30T24:00:00')).toBeNull()
  expect(isPossible({ year: 1900, month: 2, day: 29, hour: 0, minute: 0, second: 0 })).toBe(false)
})

test('a zone nobody knows is said to be unknown', () => {
  expect(isKnownZone('Europe/London')).toBe(true)
  expect(isKnownZone('Europe/Tonbridge')).toBe(false)
  expect(isKnownZone('')).toBe(false)
})

test('dates and times are written as people in Britain say them', () => {
  expect(sayWallClock(at('2026-03-03T16:05:00'))).toBe('3 March 2026 at 4:05pm')
  expect(sayTime({ hour: 0, minute: 0 })).toBe('midnight')
  expect(sayTime({ hour: 12, minute: 0 })).toBe('midday')
  expect(sayTime({ hour: 0, minute: 5 })).toBe('12:05am')
  expect(sayTime({ hour: 9, minute: 0 })).toBe('9am')
  expect(sayMoment(Date.UTC(2021, 6, 15, 8), 'Europe/London')).toBe('15 July 2021 at 9am')
})

test('what is written can be read back', () => {
  expect(writeWallClock(at('2021-12-30T22:01'))).toBe('2021-12-30T22:01:00')
  expect(writeOffset(60)).toBe('+01:00')
  expect(writeOffset(-210)).toBe('-03:30')
})
