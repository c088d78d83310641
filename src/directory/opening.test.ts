import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  findOpenness,
  type Opening,
  openingSchema,
  sayOpeningHours,
  sayOpenness,
  weekdays,
} from './opening.ts'

const zone = 'Europe/London'
const helpline = openingSchema.parse({
  weekly: [
    { days: ['monday', 'wednesday'], from: '09:30', until: '20:00' },
    { days: ['tuesday', 'thursday', 'friday'], from: '09:30', until: '16:00' },
  ],
})
const at = (moment: string, opening: Opening | undefined = helpline) =>
  sayOpenness(findOpenness(opening, new Date(moment), zone))

test('the evening is open on the two evenings it is, by the clock on the wall in summer and in winter', () => {
  // Wednesday 25 November 2026, and Wednesday 1 July 2026, when the clock is an hour ahead.
  expect(at('2026-11-25T19:59:00Z')).toBe('Open now until 8pm, unless today is a bank holiday')
  expect(at('2026-11-25T20:00:00Z')).toBe('Closed now. Opens tomorrow at 9:30am')
  expect(at('2026-07-01T18:59:00Z')).toContain('Open now until 8pm')
  expect(at('2026-07-01T19:00:00Z')).toContain('Closed now')
  expect(at('2026-11-26T17:00:00Z')).toBe('Closed now. Opens tomorrow at 9:30am')
  expect(at('2026-11-28T10:00:00Z')).toBe('Closed now. Opens on Monday at 9:30am')
  expect(at('2026-11-30T09:29:00Z')).toBe('Closed now. Opens today at 9:30am')
})

test('hours that nobody wrote down are unknown and never closed, and a bank holiday is said where it may matter', () => {
  expect(findOpenness(undefined, new Date(), zone)).toEqual({ kind: 'unknown' })
  expect(sayOpeningHours(undefined, undefined)).toBe('hours not known')
  expect(sayOpeningHours(undefined, 'most mornings')).toBe('most mornings')
  expect(sayOpeningHours('always', undefined)).toBe('24 hours a day, every day')
  expect(sayOpeningHours(helpline, undefined)).toBe(
    'Monday and Wednesday 9:30am to 8pm; Tuesday, Thursday and Friday 9:30am to 4pm; we do not know about bank holidays',
  )
})

test('hours that cannot be are named to the person who writes the profile', () => {
  const row = { days: ['monday'], from: '09:00', until: '17:00' }
  for (const wrong of [
    { ...row, from: '17:00' },
    { ...row, until: '25:00' },
    { ...row, from: '9:00' },
    { ...row, days: [] },
    { ...row, days: ['mon'] },
  ])
    expect(openingSchema.safeParse({ weekly: [wrong] }).success).toBe(false)
  expect(openingSchema.safeParse({ weekly: [{ ...row, until: '24:00' }] }).success).toBe(true)
})

const clockTime = fc.integer({ min: 0, max: 1440 }).map(minutes => {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
})
const rows = fc
  .record({ days: fc.subarray([...weekdays], { minLength: 1 }), times: fc.tuple(clockTime, clockTime) })
  .filter(({ times: [one, other] }) => one !== other)
  .map(({ days, times }) => {
    const [from = '', until = ''] = [...times].sort()
    return { days, from, until }
  })
  .filter(({ from }) => from !== '24:00')

/** What a clock in the zone shows, read off another formatter than the rule uses. */
function wallOf(moment: Date, inZone: string): { day: string; time: string } {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: inZone,
    weekday: 'long',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(moment)
  const part = (type: string) => parts.find(each => each.type === type)?.value ?? ''
  return { day: part('weekday').toLowerCase(), time: `${part('hour')}:${part('minute')}` }
}

test('over any week, any hours and both changes of the clocks, it is open exactly when the clock is within a row', () => {
  const changes = [
    Date.UTC(2026, 2, 29, 1),
    Date.UTC(2026, 9, 25, 1),
    Date.UTC(2026, 5, 1),
    Date.UTC(2026, 0, 1),
  ]
  const seen = { open: 0, closed: 0 }
  fc.assert(
    fc.property(
      fc.array(rows, { minLength: 1, maxLength: 4 }),
      fc.constantFrom(...changes),
      fc.integer({ min: -5000, max: 5000 }),
      fc.constantFrom('Europe/London', 'Europe/Berlin', 'Australia/Lord_Howe'),
      (weekly, change, minutes, inZone) => {
        const moment = new Date(change + minutes * 60_000)
        const opening: Opening = { weekly, bankHolidays: 'unknown' }
        const openness = findOpenness(opening, moment, inZone)
        const wall = wallOf(moment, inZone)
        const covering = weekly.filter(
          ({ days, from, until }) =>
            days.some(day => day === wall.day) && from <= wall.time && wall.time < until,
        )
        expect(openness.kind).toBe(covering.length > 0 ? 'open' : 'closed')
        seen[covering.length > 0 ? 'open' : 'closed'] += 1
        if (openness.kind === 'open') {
          for (const { until } of covering) expect(until <= openness.until).toBe(true)
          const goesOn = weekly.some(
            ({ days, from, until }) =>
              days.some(day => day === wall.day) && from <= openness.until && openness.until < until,
          )
          expect(goesOn).toBe(false)
        }
        if (openness.kind === 'closed') {
          const { opens } = openness
          expect(
            opens && weekly.some(({ days, from }) => days.includes(opens.day) && from === opens.at),
          ).toBe(true)
        }
      },
    ),
    { numRuns: 2000 },
  )
  expect(Math.min(seen.open, seen.closed)).toBeGreaterThan(200)
})
