import { expect, test } from 'vitest'
import type { IncidentId, PersonId } from '../foundation/ids.ts'
import type { Incident, When } from './incident.ts'
import { saySixMonthClock } from './say-six-month-clock.ts'
import { findSixMonthClock, sixMonthsAfter } from './six-month-clock.ts'

function incident(number: number, when: When): Incident {
  const newest = {
    when,
    zone: 'Europe/London',
    noticedOn: null,
    what: 'He rang',
    herWords: '',
    changed: '',
    whereCoarse: '',
    toldTo: '',
    platform: '',
    codes: [],
    records: [],
    revision: 1,
    at: new Date('2026-03-01T00:00:00Z'),
    byPerson: '' as PersonId,
    byName: '',
    reason: '',
  }
  return { incidentId: `${number}` as IncidentId, number, newest }
}
const exact = (at: string): When => ({ precision: 'exact', startsAt: new Date(at) })
const now = new Date('2026-03-10T12:00:00Z')

test('six months end on the same day of the month, or on its last day where there is none', () => {
  expect(sixMonthsAfter('2026-03-02')).toBe('2026-09-02')
  expect(sixMonthsAfter('2025-08-31')).toBe('2026-02-28')
  expect(sixMonthsAfter('2023-08-31')).toBe('2024-02-29')
  expect(sixMonthsAfter('2026-12-31')).toBe('2027-06-30')
})

test('the six months run from the latest incident, whatever the order they were written down in', () => {
  const clock = findSixMonthClock(
    [
      incident(1, exact('2026-03-02T10:00:00Z')),
      incident(2, exact('2026-01-05T10:00:00Z')),
      incident(3, { precision: 'unknown' }),
    ],
    'Europe/London',
    now,
  )
  expect(clock).toEqual({
    kind: 'running',
    from: '2026-03-02',
    number: 1,
    lastDay: '2026-09-02',
    daysLeft: 176,
  })
})

test('where the time lies between two, the earlier one counts, so the date is never too late', () => {
  const between: When = {
    precision: 'between',
    startsAt: new Date('2026-02-01T00:00:00Z'),
    endsAt: new Date('2026-03-05T00:00:00Z'),
  }
  expect(findSixMonthClock([incident(1, between)], 'Europe/London', now)).toMatchObject({
    from: '2026-02-01',
  })
})

test('the day is the day in the zone of the case, not in Greenwich', () => {
  expect(findSixMonthClock([incident(1, exact('2025-07-01T23:30:00Z'))], 'Europe/London', now)).toMatchObject(
    { from: '2025-07-02' },
  )
})

test('without a dated incident there is no clock, and the page says so', () => {
  const clock = findSixMonthClock([incident(1, { precision: 'unknown' })], 'Europe/London', now)
  expect(clock).toEqual({ kind: 'no-dated-incident' })
  expect(saySixMonthClock(clock)).toHaveLength(1)
})

test('a clock that has run out says since when, and says again what it means', () => {
  const said = saySixMonthClock(
    findSixMonthClock([incident(4, exact('2025-09-09T10:00:00Z'))], 'Europe/London', now),
  ).join(' ')
  expect(said).toContain('end on 9 March 2026. That was 1 day ago.')
  expect(said).toContain('section 4A')
})
