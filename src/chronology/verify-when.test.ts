import { expect, test } from 'vitest'
import { sayWhen } from './say-when.ts'
import { type TypedWhen, verifyWhen } from './verify-when.ts'

const zone = 'Europe/London'
const now = new Date('2026-11-20T12:00:00Z')
const empty: TypedWhen = {
  precision: 'exact',
  date: '2026-03-03',
  time: '',
  which: null,
  endDate: null,
  endTime: '',
  endWhich: null,
  noticedOn: null,
}

/** Checks what is typed against the words it is shown in, or against the fields that have a problem. */
function check(typed: Partial<TypedWhen>, expected: string | readonly string[]): void {
  const verified = verifyWhen({ ...empty, ...typed }, zone, now)
  if (verified.ok) expect(sayWhen(verified.when, zone)).toBe(expected)
  else expect(verified.problems.map(each => each.field)).toEqual(expected)
}

test('an exact time is kept to the minute, in the zone of the case', () => {
  check({ time: '4:05pm' }, 'On 3 March 2026 at 4:05pm')
  check({ time: '16:05', date: '2026-07-03' }, 'On 3 July 2026 at 4:05pm')
})

test('a day without a time is some time on that day, never a made-up hour', () => {
  check({ precision: 'about' }, 'At some time on 3 March 2026')
  check({ precision: 'exact' }, ['time'])
})

test('between two days without times covers both days whole', () => {
  check({ precision: 'between', endDate: '2026-03-05' }, 'Between 3 March 2026 and 5 March 2026')
  check(
    { precision: 'between', endDate: '2026-03-03', time: '9am', endTime: '11:30am' },
    'Between 9am and 11:30am on 3 March 2026',
  )
})

test('a time nobody knows is kept as not known, and needs no date', () => {
  check({ precision: 'unknown', date: null }, 'Time not known')
})

test('an hour that the clock change skipped did not happen', () => {
  // The clocks went forward on 29 March 2026 at 1am.
  check({ date: '2026-03-29', time: '1:30am' }, ['time'])
  const verified = verifyWhen({ ...empty, date: '2026-03-29', time: '1:30am' }, zone, now)
  expect(verified.ok ? '' : verified.problems[0]?.message).toContain('did not happen on that day')
})

test('an hour that came twice asks which of the two, and both can be told', () => {
  // The clocks went back on 25 October 2026 at 2am.
  const typed = { date: '2026-10-25', time: '1:30am' }
  check(typed, ['which'])
  const earlier = verifyWhen({ ...empty, ...typed, which: 'earlier' }, zone, now)
  const later = verifyWhen({ ...empty, ...typed, which: 'later' }, zone, now)
  expect(earlier.ok && earlier.when).toEqual({
    precision: 'exact',
    startsAt: new Date('2026-10-25T00:30:00Z'),
  })
  expect(later.ok && later.when).toEqual({ precision: 'exact', startsAt: new Date('2026-10-25T01:30:00Z') })
})

test('nothing can have happened after it is written down', () => {
  check({ date: '2026-11-20', time: '12:01pm' }, ['date-day'])
  check({ date: '2026-11-21', precision: 'about' }, ['date-day'])
  check({ date: '2026-11-20', precision: 'about' }, 'Between midnight and midday on 20 November 2026')
  check({ date: '2026-11-20', time: '11:59am' }, 'On 20 November 2026 at 11:59am')
})

test('every problem is answered at once', () => {
  check({ precision: null, noticedOn: '2026-12-01' }, ['precision', 'noticedOn-day'])
  check({ precision: 'between', date: null }, ['date-day', 'endDate-day'])
  check({ precision: 'between', date: '2026-03-05', endDate: '2026-03-03' }, ['endDate-day'])
  check({ precision: 'between', endDate: '2026-03-04', time: 'teatime', endTime: '5' }, ['time', 'endTime'])
})

test('something cannot be noticed before it happened', () => {
  check({ time: '4pm', noticedOn: '2026-03-02' }, ['noticedOn-day'])
  check({ time: '4pm', noticedOn: '2026-03-03' }, 'On 3 March 2026 at 4pm')
})
