import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { urgencies } from '../cases/red-flags.ts'
import { relations } from '../cases/referral.ts'
import { parseProfile } from '../directory/profile.ts'
import type { PersonId } from '../foundation/ids.ts'
import { attendances } from './appointment.ts'
import { findAppointmentProblems } from './appointment-problems.ts'
import { decideAttendance, isStillAhead, needsFollowUp } from './attendance.ts'
import { personalConnections, suggestDomesticAbuse } from './domestic-abuse.ts'
import { decideFollowUpEnd, findTriesNeeded } from './follow-up.ts'
import { findRunningOrder } from './running-order.ts'
import { saySlot } from './say-slot.ts'

test('an IDVA is suggested for partners, former partners and relatives, and only a stranger reads as "No"', () => {
  const answer = (value: boolean | null) =>
    relations.filter(relation => suggestDomesticAbuse(relation).domesticAbuse === value)
  expect(answer(true)).toEqual(['partner', 'former-partner', 'family'])
  expect(answer(false)).toEqual(['stranger'])
  expect(answer(null)).toEqual(['known', 'work', 'not-known'])
  expect(suggestDomesticAbuse(null).domesticAbuse).toBeNull()
  for (const asked of ['known', 'work', 'not-known', null] as const)
    for (const connection of personalConnections)
      expect(suggestDomesticAbuse(asked).because).toContain(connection)
})

test('what became of an appointment is recorded once it has begun, and not where it was cancelled', () => {
  const startsAt = new Date('2026-03-02T10:00:00Z')
  const before = new Date('2026-03-02T09:59:00Z')
  expect(decideAttendance({ startsAt, state: 'booked' }, before)).toEqual({
    allowed: false,
    because: 'not-begun',
  })
  expect(decideAttendance({ startsAt, state: 'booked' }, startsAt).allowed).toBe(true)
  expect(decideAttendance({ startsAt, state: 'attended' }, startsAt).allowed).toBe(true)
  expect(decideAttendance({ startsAt, state: 'cancelled' }, startsAt).allowed).toBe(false)
  expect(isStillAhead({ startsAt, state: 'booked' }, before)).toBe(true)
  expect(isStillAhead({ startsAt, state: 'booked' }, startsAt)).toBe(false)
})

test('only somebody who did not come or left early is followed up', () => {
  expect(attendances.filter(needsFollowUp)).toEqual(['did-not-attend', 'client-left'])
})

test('a client is tried three times at every risk unless the clinic says otherwise, and nobody is given up before', () => {
  const parsed = parseProfile(JSON.parse(readFileSync('profiles/west-kent.json', 'utf8')))
  if (!parsed.ok) throw new Error(parsed.problems.join('\n'))
  const { tries } = parsed.profile.appointments
  expect(urgencies.map(urgency => findTriesNeeded(urgency, tries))).toEqual([3, 3, 3, 3])
  expect(findTriesNeeded('routine', { ...tries, routine: 5 })).toBe(5)
  const decide = (tries: number, outcome: 'reached' | 'welfare-check' | 'could-not-reach') =>
    decideFollowUpEnd({ tries, triesNeeded: 3 }, outcome).allowed
  expect(decide(0, 'reached')).toBe(true)
  expect(decide(0, 'welfare-check')).toBe(true)
  expect(decide(2, 'could-not-reach')).toBe(false)
  expect(decide(3, 'could-not-reach')).toBe(true)
})

test('the running order fills the time without a gap, whatever the length', () => {
  for (const minutes of [30, 45, 60]) {
    const steps = findRunningOrder(minutes)
    expect(steps[0]?.from).toBe(0)
    expect(steps.at(-1)?.until).toBe(minutes)
    for (const [index, step] of steps.entries()) {
      expect(step.until).toBeGreaterThan(step.from)
      if (index > 0) expect(step.from).toBe(steps[index - 1]?.until)
    }
  }
})

test('a time in the hour that comes twice says which of the two it is', () => {
  const say = (start: string, end: string) => saySlot(new Date(start), new Date(end), 'Europe/London')
  expect(say('2026-03-03T10:00:00Z', '2026-03-03T10:45:00Z')).toBe('Tuesday 3 March 2026, 10am to 10:45am')
  expect(say('2026-10-25T00:30:00Z', '2026-10-25T01:15:00Z')).toBe(
    'Sunday 25 October 2026, 1:30am (the first time, before the clocks go back) to 1:15am (the second time, after the clocks go back)',
  )
})

test('somebody who left, went on leave or changed their hours is found before the day comes', () => {
  const personId = 'cyra' as PersonId
  const person = { personId, name: 'Cyra Example', role: 'cyber-adviser' } as const
  const startsAt = new Date('2026-03-03T10:00:00Z')
  const keptUntil = new Date('2026-03-03T11:00:00Z')
  const appointment = { startsAt, keptUntil, people: [person] }
  const hours = [
    {
      hoursId: 'h' as never,
      weekday: 2,
      startsAt: 540,
      endsAt: 1020,
      validFrom: '2026-01-01',
      validUntil: null,
    },
  ]
  const calendar = { ...person, hours, absences: [], taken: new Set<number>() }
  const kinds = (calendars: Parameters<typeof findAppointmentProblems>[1]) =>
    findAppointmentProblems(appointment, calendars, 'Europe/London').map(each => each.kind)
  expect(kinds([calendar])).toEqual([])
  expect(kinds([])).toEqual(['cannot-join'])
  expect(kinds([{ ...calendar, hours: [] }])).toEqual(['outside-hours'])
  const absences = [
    {
      absenceId: 'a' as never,
      startsAt: new Date('2026-03-03T10:59:00Z'),
      endsAt: new Date('2026-03-04T00:00:00Z'),
    },
  ]
  expect(kinds([{ ...calendar, absences }])).toEqual(['on-leave'])
})
