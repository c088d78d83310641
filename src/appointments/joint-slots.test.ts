import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AbsenceId, HoursId, PersonId } from '../foundation/ids.ts'
import { findMoments, parseWallClock, readWallClock, writeWallClock } from '../foundation/local-date.ts'
import type { Calendar, WorkingHours } from './calendar.ts'
import { decideBooking } from './decide-booking.ts'
import { findJointSlots, type SlotAsk } from './joint-slots.ts'
import { quarterAt, quartersOf } from './quarter.ts'
import { findNeededRoles, type SeatRole } from './seat-role.ts'
import { endsOf } from './slot-shape.ts'

const zone = 'Europe/London'
const shape = { minutes: 45, writeUpMinutes: 15, gridMinutes: 15 }
const hoursOf = (weekday: number, from: number, until: number, rest: Partial<WorkingHours> = {}) => ({
  hoursId: `h${weekday}` as HoursId,
  weekday,
  startsAt: from,
  endsAt: until,
  validFrom: '2020-01-01',
  validUntil: null,
  ...rest,
})
const calendarOf = (personId: string, role: SeatRole, rest: Partial<Calendar> = {}): Calendar => ({
  personId: personId as PersonId,
  name: `${personId} Example`,
  role,
  hours: [1, 2, 3, 4, 5].map(day => hoursOf(day, 9 * 60, 17 * 60)),
  absences: [],
  taken: new Set(),
  ...rest,
})
const at = (text: string): Date => {
  const clock = parseWallClock(text)
  const found = clock && findMoments(clock, zone)
  if (found?.kind !== 'one') throw new Error(`${text} is not one moment`)
  return new Date(found.moment)
}
const askOf = (rest: Partial<SlotAsk>): SlotAsk => ({
  roles: findNeededRoles(false),
  calendars: [calendarOf('cyra', 'cyber-adviser'), calendarOf('avril', 'stalking-advocate')],
  named: new Map(),
  clientTaken: new Set(),
  shape,
  zone,
  now: at('2026-03-02T08:00'),
  from: at('2026-03-02T08:00'),
  until: at('2026-03-02T23:00'),
  atMost: 1000,
  ...rest,
})
const timesOf = (rest: Partial<SlotAsk>): readonly string[] =>
  findJointSlots(askOf(rest)).map(slot =>
    writeWallClock(readWallClock(slot.startsAt.getTime(), zone)).slice(0, 16),
  )

test('the first time is when both begin, and the last leaves the write-up inside the hours', () => {
  const times = timesOf({})
  expect(times[0]).toBe('2026-03-02T09:00')
  expect(times.at(-1)).toBe('2026-03-02T16:00')
  expect(times).toHaveLength(29)
})

test('a clinic with a grid of half an hour offers half the times', () => {
  expect(timesOf({ shape: { ...shape, gridMinutes: 30 } }).slice(0, 3)).toEqual([
    '2026-03-02T09:00',
    '2026-03-02T09:30',
    '2026-03-02T10:00',
  ])
})

test('where there is domestic abuse nothing is offered until an IDVA is free as well', () => {
  const both = askOf({}).calendars
  expect(timesOf({ roles: findNeededRoles(true) })).toEqual([])
  const idva = calendarOf('ida', 'idva', { hours: [hoursOf(1, 14 * 60, 15 * 60 + 15)] })
  expect(timesOf({ roles: findNeededRoles(true), calendars: [...both, idva] })).toEqual([
    '2026-03-02T14:00',
    '2026-03-02T14:15',
  ])
})

test('somebody without hours is never offered', () => {
  expect(
    timesOf({
      calendars: [
        calendarOf('cyra', 'cyber-adviser', { hours: [] }),
        calendarOf('avril', 'stalking-advocate'),
      ],
    }),
  ).toEqual([])
})

test('hours that hold from a day or until a day do so, that day included', () => {
  const until = (validFrom: string, validUntil: string | null) =>
    timesOf({
      calendars: [
        calendarOf('cyra', 'cyber-adviser', { hours: [hoursOf(1, 540, 1020, { validFrom, validUntil })] }),
        calendarOf('avril', 'stalking-advocate'),
      ],
    }).length
  expect(until('2026-03-02', '2026-03-02')).toBe(29)
  expect(until('2026-03-03', null)).toBe(0)
  expect(until('2020-01-01', '2026-03-01')).toBe(0)
})

test('work is spread: the person who keeps the fewest quarters sits, unless somebody was named', () => {
  const busy = new Set(quartersOf(at('2026-03-05T09:00'), at('2026-03-05T12:00')))
  const calendars = [
    calendarOf('anna', 'cyber-adviser', { taken: busy }),
    calendarOf('zoe', 'cyber-adviser'),
    calendarOf('avril', 'stalking-advocate'),
  ]
  const [first] = findJointSlots(askOf({ calendars }))
  expect(first?.seating.map(each => each.personId)).toEqual(['zoe', 'avril'])
  const [named] = findJointSlots(
    askOf({ calendars, named: new Map([['cyber-adviser', 'anna' as PersonId]]) }),
  )
  expect(named?.seating[0]?.personId).toBe('anna')
})

const nights = [1, 2, 3, 4, 5, 6, 7].map(day => hoursOf(day, 0, 6 * 60))
const night = [
  calendarOf('cyra', 'cyber-adviser', { hours: nights }),
  calendarOf('avril', 'stalking-advocate', { hours: nights }),
]

test('on the night the clocks go forward the hour that does not exist is never offered', () => {
  const times = timesOf({
    calendars: night,
    now: at('2026-03-28T12:00'),
    from: at('2026-03-29T00:00'),
    until: at('2026-03-29T05:00'),
    shape: { ...shape, gridMinutes: 60 },
  })
  expect(times).toEqual([
    '2026-03-29T00:00',
    '2026-03-29T02:00',
    '2026-03-29T03:00',
    '2026-03-29T04:00',
    '2026-03-29T05:00',
  ])
})

test('on the night the clocks go back the hour that comes twice is two times', () => {
  const slots = findJointSlots(
    askOf({
      calendars: night,
      now: at('2026-10-24T12:00'),
      from: at('2026-10-25T00:00'),
      until: at('2026-10-25T02:00'),
      shape: { ...shape, gridMinutes: 60 },
    }),
  )
  expect(slots.map(slot => slot.startsAt.toISOString())).toEqual([
    '2026-10-24T23:00:00.000Z',
    '2026-10-25T00:00:00.000Z',
    '2026-10-25T01:00:00.000Z',
    '2026-10-25T02:00:00.000Z',
  ])
})

// Worlds around both changes of the clock and an ordinary week, with odd hours, leave and bookings.
const starts = ['2026-03-27T20:00', '2026-10-23T20:00', '2026-06-01T20:00']
const span = 3 * 96
const roles = ['cyber-adviser', 'stalking-advocate', 'idva'] as const
const worldOf = fc.record({
  start: fc.constantFrom(...starts).map(at),
  abuse: fc.boolean(),
  grid: fc.constantFrom(15, 30, 60),
  people: fc.array(
    fc.record({
      role: fc.constantFrom(...roles),
      hours: fc.array(
        fc.record({
          weekdays: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 3 }),
          from: fc.nat(24),
          quarters: fc.integer({ min: 8, max: 90 }),
        }),
        { minLength: 1, maxLength: 3 },
      ),
      leave: fc.array(fc.record({ from: fc.nat(span), minutes: fc.integer({ min: 1, max: 600 }) }), {
        maxLength: 2,
      }),
      taken: fc.array(fc.nat(span), { maxLength: 10 }),
    }),
    { minLength: 3, maxLength: 8 },
  ),
  client: fc.array(fc.nat(span), { maxLength: 4 }),
  nowAfter: fc.integer({ min: 0, max: span * 15 }),
})

test('every time offered can be booked, every time that can be booked is offered, and none is in the past', () => {
  let offered = 0
  fc.assert(
    fc.property(worldOf, world => {
      const first = quarterAt(world.start)
      const calendars = world.people.map((person, index) =>
        calendarOf(`person-${index}`, person.role, {
          hours: person.hours.flatMap(each =>
            each.weekdays.map(day =>
              hoursOf(day, each.from * 15, Math.min(1440, (each.from + each.quarters) * 15)),
            ),
          ),
          absences: person.leave.map(each => ({
            absenceId: 'a' as AbsenceId,
            startsAt: new Date(world.start.getTime() + each.from * 900_000),
            endsAt: new Date(world.start.getTime() + each.from * 900_000 + each.minutes * 60_000),
          })),
          taken: new Set(person.taken.map(each => first + each)),
        }),
      )
      const now = new Date(world.start.getTime() + world.nowAfter * 60_000)
      const latest = new Date(world.start.getTime() + span * 900_000)
      const basis = {
        calendars,
        clientTaken: new Set(world.client.map(each => first + each)),
        shape: { ...shape, gridMinutes: world.grid },
        zone,
        now,
      }
      const needed = findNeededRoles(world.abuse)
      const slots = findJointSlots({
        ...basis,
        roles: needed,
        named: new Map(),
        from: world.start,
        until: latest,
        atMost: 10_000,
      })
      offered += slots.length
      for (const slot of slots) {
        expect(slot.startsAt > now).toBe(true)
        // A clock that was right showed this time: no skipped hour.
        const found = findMoments(readWallClock(slot.startsAt.getTime(), zone), zone)
        const moments =
          found.kind === 'one' ? [found.moment] : found.kind === 'two' ? [found.earlier, found.later] : []
        expect(moments).toContain(slot.startsAt.getTime())
        expect(
          decideBooking({ ...basis, isCaseClosed: false, ...slot, domesticAbuse: world.abuse, latest }),
        ).toEqual({
          allowed: true,
        })
      }
      // Brute force: every moment on the quarter, every choice of people.
      const times = new Set(slots.map(slot => slot.startsAt.getTime()))
      for (let quarter = 0; quarter <= span; quarter += 4) {
        const startsAt = new Date(world.start.getTime() + quarter * 900_000)
        const isPossible = needed.every(role =>
          calendars.some(
            person =>
              person.role === role &&
              isFreeByTheClock(person, startsAt, endsOf(startsAt, basis.shape).keptUntil),
          ),
        )
        const isClientFree = !quartersOf(startsAt, endsOf(startsAt, basis.shape).keptUntil).some(each =>
          basis.clientTaken.has(each),
        )
        expect(times.has(startsAt.getTime())).toBe(isPossible && isClientFree && startsAt > now)
      }
    }),
    { numRuns: 60 },
  )
  expect(offered).toBeGreaterThan(200)
})

/** The same question asked another way: minute by minute, by what the clock on the wall shows. */
function isFreeByTheClock(person: Calendar, startsAt: Date, until: Date): boolean {
  for (let moment = startsAt.getTime(); moment < until.getTime(); moment += 60_000) {
    const wall = writeWallClock(readWallClock(moment, zone))
    const weekday = new Date(`${wall.slice(0, 10)}T12:00:00Z`).getUTCDay() || 7
    const minute = Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16))
    const works = person.hours.some(
      each => each.weekday === weekday && each.startsAt <= minute && minute < each.endsAt,
    )
    const away = person.absences.some(
      each => each.startsAt.getTime() < moment + 60_000 && moment < each.endsAt.getTime(),
    )
    if (!works || away || person.taken.has(quarterAt(moment))) return false
  }
  return true
}
