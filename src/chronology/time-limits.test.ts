import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { IncidentId, PersonId } from '../foundation/ids.ts'
import { type ConductChoice, countUnlooked, takeTicks } from './conduct.ts'
import type { Incident, When } from './incident.ts'
import { limitationRules, limitIds } from './limitation-rules.ts'
import { findUnreadLimits, meaningOfTimeLimits, sayTimeLimit } from './say-time-limits.ts'
import { findNearestLimit, findTimeLimits, type TimeLimit } from './time-limits.ts'

const zone = 'Europe/London'
const now = new Date('2026-03-10T12:00:00Z')
const idOf = (number: number) => `i${number}` as IncidentId
function incident(number: number, when: When): Incident {
  const newest = {
    when,
    zone,
    noticedOn: null,
    what: 'He rang',
    clientWords: '',
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
  return { incidentId: idOf(number), number, newest }
}
const exact = (at: string): When => ({ precision: 'exact', startsAt: new Date(at) })
const choose = (chosen: readonly number[], more: Partial<ConductChoice> = {}): ConductChoice => ({
  revision: 1,
  at: now,
  byName: 'Nia',
  incidents: chosen.map(idOf),
  assaults: [],
  statementOn: null,
  evidenceOn: null,
  why: '',
  highest: 99,
  ...more,
})
const find = (
  incidents: readonly Incident[],
  choice: ConductChoice | null,
  id: TimeLimit['id'] = 'summary',
) => findTimeLimits(incidents, choice, zone, now).filter(each => each.id === id)

/** Another occasion, long before: one alone is no course of conduct. */
const long = incident(90, exact('2020-01-05T10:00:00Z'))

test('the six months count from the last incident that a person chose, and nothing else moves the day', () => {
  const acts = [incident(1, exact('2026-01-05T10:00:00Z')), incident(2, exact('2026-01-20T10:00:00Z'))]
  const later = incident(3, exact('2026-06-20T10:00:00Z'))
  const expected = { kind: 'running', from: '2026-01-20', number: 2, lastDay: '2026-07-20' }
  expect(find(acts, choose([1, 2]))).toMatchObject([expected])
  // By somebody else, or of nobody knows whom: not chosen, so it does not move the day.
  expect(find([...acts, later], choose([1, 2]))).toMatchObject([expected])
  expect(find([...acts, later], choose([1, 2, 3]))).toMatchObject([{ lastDay: '2026-12-20' }])
})

test('until somebody has chosen, the day cannot be known, and is said so', () => {
  const acts = [incident(1, exact('2026-01-05T10:00:00Z'))]
  for (const choice of [null, choose([])]) {
    const [limit] = find(acts, choice)
    expect(limit).toEqual({ id: 'summary', kind: 'cannot-be-known', lacks: 'nobody-chose' })
    expect(limit && sayTimeLimit(limit).words).toContain('nobody has chosen which incidents')
  }
  expect(
    find([incident(1, { precision: 'unknown' }), incident(2, { precision: 'unknown' })], choose([1, 2])),
  ).toMatchObject([{ lacks: 'no-dated-incident' }])
})

test('one incident alone is no course of conduct, so it gives no day', () => {
  const acts = [incident(1, exact('2026-01-05T10:00:00Z')), incident(2, exact('2026-01-20T10:00:00Z'))]
  const [limit] = find(acts, choose([1]))
  expect(limit).toEqual({ id: 'summary', kind: 'cannot-be-known', lacks: 'one-is-no-course' })
  expect(limit && sayTimeLimit(limit).words).toContain('at least two occasions')
})

test('months end on the same day of the month, or on its last day, and the day is that of the case’s clock', () => {
  expect(find([long, incident(1, exact('2025-08-31T10:00:00Z'))], choose([90, 1]))).toMatchObject([
    { lastDay: '2026-02-28' },
  ])
  expect(find([long, incident(1, exact('2023-08-31T10:00:00Z'))], choose([90, 1]))).toMatchObject([
    { lastDay: '2024-02-29' },
  ])
  expect(find([long, incident(1, exact('2025-07-01T23:30:00Z'))], choose([90, 1]))).toMatchObject([
    { from: '2025-07-02' },
  ])
})

test('an assault has two limits, and the one that ends first is shown, from the day it counts from', () => {
  const assault = [incident(4, exact('2025-01-10T10:00:00Z'))]
  const named = (statementOn: string | null) => choose([], { assaults: [idOf(4)], statementOn })
  expect(find(assault, null, 'assault')).toMatchObject([{ lacks: 'no-assault-named' }])
  expect(find(assault, named(null), 'assault')).toMatchObject([{ lacks: 'no-statement' }])
  expect(find(assault, named('2026-02-01'), 'assault')).toMatchObject([
    { from: '2026-02-01', lastDay: '2026-08-01' },
  ])
  expect(find(assault, named('2026-12-01'), 'assault')).toMatchObject([
    { from: '2025-01-10', lastDay: '2027-01-10' },
  ])
})

test('a period that begins with a day ends the day before, and without the prosecutor’s day nothing is told', () => {
  expect(find([], null, 'false-message')).toMatchObject([{ lacks: 'evidence-day-not-known' }])
  expect(find([], choose([], { evidenceOn: '2026-02-01' }), 'false-message')).toMatchObject([
    { lastDay: '2026-07-31' },
  ])
})

test('every limit has its line and its source, and what nobody has read says so', () => {
  const ids = findTimeLimits([], null, zone, now).map(each => each.id)
  expect(ids).toEqual(limitIds)
  expect(limitationRules.every(each => each.readings.length > 0)).toBe(true)
  expect(findUnreadLimits('2026-12-01').join()).toContain('Nobody here has read')
  expect(findUnreadLimits('2028-01-01').join()).toContain('Last read more than a year ago')
})

test('a day that has passed is never called too late, and the police and the prosecutor are named', () => {
  const [limit] = find([long, incident(4, exact('2025-09-09T10:00:00Z'))], choose([90, 4]))
  const said = limit ? sayTimeLimit(limit).words : ''
  expect(said).toContain(
    'Last day: 9 March 2026. That was 1 day ago. It does not mean that nothing can be done',
  )
  expect(said).toContain('Ask the police or the Crown Prosecution Service')
  expect(`${said} ${meaningOfTimeLimits}`).not.toMatch(/too late|expired|out of time/i)
  expect(findNearestLimit([limit].flatMap(each => each ?? []))).toBeNull()
})

const start = Date.parse('2026-01-01T00:00:00Z')
const minutes = fc.integer({ min: 0, max: 90 * 24 * 60 })
const whens: fc.Arbitrary<When> = fc.oneof(
  minutes.map((at): When => ({ precision: 'exact', startsAt: new Date(start + at * 60_000) })),
  minutes.map((at): When => ({ precision: 'about', startsAt: new Date(start + at * 60_000) })),
  fc.tuple(minutes, minutes).map(
    ([one, other]): When => ({
      precision: 'between',
      startsAt: new Date(start + Math.min(one, other) * 60_000),
      endsAt: new Date(start + Math.max(one, other) * 60_000),
    }),
  ),
  fc.constant<When>({ precision: 'unknown' }),
)

test('in whatever world the times allow, the day shown is never later than the true one, and follows the choice alone', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({ when: whens, isChosen: fc.boolean(), at: fc.double({ min: 0, max: 1, noNaN: true }) }),
        {
          maxLength: 8,
        },
      ),
      told => {
        const all = told.map((each, index) => incident(index + 1, each.when))
        const chosen = told.flatMap((each, index) => (each.isChosen ? [index + 1] : []))
        const [limit] = find(all, choose(chosen))
        // One world: each chosen incident at some moment that its time allows; twelve hours are allowed for "about".
        const moments = told.flatMap(({ when, isChosen, at }) => {
          if (!isChosen || when.precision === 'unknown') return []
          if (when.precision === 'exact') return [when.startsAt.getTime()]
          if (when.precision === 'about') return [when.startsAt.getTime() + (at - 0.5) * 86_400_000]
          return [when.startsAt.getTime() + at * (when.endsAt.getTime() - when.startsAt.getTime())]
        })
        if (moments.length === 0 || chosen.length === 1) {
          expect(limit?.kind).toBe('cannot-be-known')
          return
        }
        const trueLast = new Date(Math.max(...moments))
        // The true day by another method: half a year later by the calendar of JavaScript, which is never before ours.
        const trueEnd = new Date(trueLast)
        trueEnd.setUTCMonth(trueEnd.getUTCMonth() + 6)
        expect(limit?.kind === 'running' && Date.parse(limit.lastDay) <= trueEnd.getTime() + 3_600_000).toBe(
          true,
        )
        const without = find(
          all.filter(each => chosen.includes(each.number)),
          choose(chosen),
        )
        expect(without).toEqual([limit])
      },
    ),
    { numRuns: 500 },
  )
})

test('what stands on another page of the choice stays as it was, and a foreign incident is never taken', () => {
  const all = [1, 2, 3, 4].map(idOf)
  expect(takeTicks([idOf(1), idOf(3)], [idOf(1), idOf(2)], ['i2', 'zz'], all)).toEqual([idOf(2), idOf(3)])
  expect(takeTicks([idOf(9)], [], [], all)).toEqual([])
  expect(countUnlooked(2, null)).toBe(2)
  expect(countUnlooked(2, { highest: 1 })).toBe(1)
})
