import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { giveHours } from '../../../test/support/test-calendar.ts'
import { openTestCase } from '../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../test/support/test-clinic.ts'
import { withCase } from '../../audit/operations/access-case.ts'
import type { AppointmentId, CaseId } from '../../foundation/ids.ts'
import { suspendPerson } from '../../identity/operations/suspend-person.ts'
import type { Role } from '../../identity/role.ts'
import type { Transaction } from '../../platform/database.ts'
import type { Seating } from '../joint-slots.ts'
import { appointmentRoutes } from '../pages/routes.ts'
import { quarterAt } from '../quarter.ts'
import { loadKeptTime } from '../store.ts'
import { bookAppointment } from './book-appointment.ts'
import { cancelAppointment } from './cancel-appointment.ts'
import { countFirstWaits } from './count-first-waits.ts'
import { recordFollowUp } from './follow-up.ts'
import { addLeave } from './keep-calendar.ts'
import { keepNotes } from './keep-notes.ts'
import { listAppointments } from './list-appointments.ts'
import { loadAppointment, showPlace } from './load-appointment.ts'
import { loadDiary } from './load-diary.ts'
import { loadNextAppointmentForClient } from './load-next-for-client.ts'
import { moveAppointment } from './move-appointment.ts'
import { offerSlots } from './offer-slots.ts'
import { recordAttendance } from './record-attendance.ts'

let world: TestClinic
let caseId: CaseId
beforeAll(async () => {
  world = await openTestClinic()
  caseId = await openTestCase(world)
  await giveHours(world)
})
afterAll(() => world.close())

const start = '2026-03-02T10:00:00Z'
const on = async <Answer>(
  work: (transaction: Transaction) => Promise<Answer>,
  options: { readonly as?: Role; readonly in?: CaseId; readonly mode?: 'read' | 'write' } = {},
): Promise<Answer> => {
  const access = { caseId: options.in ?? caseId, part: 'appointment', mode: options.mode ?? 'write' } as const
  const done = await withCase(
    world.clinic.database,
    world.as(options.as ?? 'coordinator'),
    access,
    async transaction => ({ answer: await work(transaction) }),
  )
  if (!done) throw new Error('the case is not in sight')
  return done.answer
}
const seatingOf = (...roles: readonly ('cyber-adviser' | 'stalking-advocate' | 'idva')[]): Seating =>
  roles.map(role => ({ role, personId: world.people[role] }))
const choiceOf = (startsAt: string, rest: { readonly abuse?: boolean; readonly place?: string } = {}) => ({
  startsAt: new Date(startsAt),
  seating: rest.abuse
    ? seatingOf('cyber-adviser', 'stalking-advocate', 'idva')
    : seatingOf('cyber-adviser', 'stalking-advocate'),
  domesticAbuse: rest.abuse ?? false,
  placeKind: 'room' as const,
  place: rest.place ?? '',
})
const calendars = (
  startsAt: string,
  rest: Parameters<typeof choiceOf>[1] & { readonly in?: CaseId; readonly token?: string } = {},
) =>
  on(
    transaction =>
      bookAppointment(
        world.clinic,
        transaction,
        world.people.coordinator,
        rest.in ?? caseId,
        choiceOf(startsAt, rest),
        rest.token ?? null,
      ),
    rest.in ? { in: rest.in } : {},
  )
const booked = async (
  startsAt: string,
  rest: Parameters<typeof calendars>[1] = {},
): Promise<AppointmentId> => {
  const result = await calendars(startsAt, rest)
  if (!result.allowed) throw new Error(result.because)
  return result.appointmentId
}

test('the times offered are those at which all are free, and what is offered can be booked', async () => {
  const wish = { domesticAbuse: true, named: new Map(), fromDay: null, isOnlyThatDay: false }
  const few = { atMost: 5 }
  const { slots, unfilled } = await on(transaction => offerSlots(transaction, caseId, wish, few))
  expect(unfilled).toEqual([])
  expect(slots[0]?.startsAt.toISOString()).toBe('2026-03-02T10:15:00.000Z')
  expect(slots[0]?.seating.map(each => each.role)).toEqual(['cyber-adviser', 'stalking-advocate', 'idva'])
  const appointmentId = await booked('2026-03-02T10:15:00Z', { abuse: true })
  const after = await on(transaction => offerSlots(transaction, caseId, wish, few))
  expect(after.slots[0]?.startsAt.toISOString()).toBe('2026-03-02T11:15:00.000Z')
  await on(transaction =>
    cancelAppointment(transaction, world.people.coordinator, caseId, appointmentId, 'client-asked'),
  )
  const again = await on(transaction => offerSlots(transaction, caseId, wish, few))
  expect(again.slots[0]?.startsAt.toISOString()).toBe('2026-03-02T10:15:00.000Z')
})

test('fifty requests for one hour at the same instant end in exactly one booking, and the others hear that it is taken', async () => {
  const files = await Promise.all(Array.from({ length: 10 }, () => openTestCase(world)))
  const results = await Promise.all(
    Array.from({ length: 50 }, (_, index) => {
      const file = files[index % files.length]
      return calendars('2026-03-03T10:00:00Z', { abuse: index % 2 === 0, ...(file ? { in: file } : {}) })
    }),
  )
  const won = results.filter(each => each.allowed)
  const lost = results.flatMap(each => (each.allowed ? [] : [each.because]))
  expect(won).toHaveLength(1)
  expect(lost).toHaveLength(49)
  expect(lost.every(each => each === 'taken' || each === 'client-is-expected')).toBe(true)
  const kept = await asOwner(world.ownerUrl, client =>
    client.query<{ appointments: number; seats: number }>(
      `select count(*) filter (where seat_of not in (select person_id from unwatched.person))::int as appointments,
         count(*)::int as seats
       from unwatched.appointment_seat where quarter = extract(epoch from $1::timestamptz)::int / 900`,
      ['2026-03-03T10:00:00Z'],
    ),
  )
  // One appointment, and a seat for each of its people and for the client; of the others not one seat is left over.
  expect(kept.rows[0]?.appointments).toBe(1)
  expect([3, 4]).toContain(kept.rows[0]?.seats)
}, 60_000)

test('the database refuses a double booking by itself, whatever the program does', async () => {
  await booked('2026-03-04T10:00:00Z')
  const other = await openTestCase(world)
  await expect(
    on(
      async transaction => {
        await sql`select set_config('unwatched.seat_secret', ${'a'.repeat(64)}, true)`.execute(
          transaction.tables(),
        )
        return sql`insert into unwatched.appointment_seat (clinic_id, seat_of, quarter, bound)
          select ${world.clinic.clinicId}, seat_of, quarter, unwatched.seat_bound(${other}, seat_of, quarter)
          from unwatched.taken_quarters(array[${world.people['cyber-adviser']}]::uuid[], 0, 2147483647)`.execute(
          transaction.tables(),
        )
      },
      { in: other },
    ),
  ).rejects.toThrow(/duplicate key/)
})

test('S5 the database gives and takes seats only for a case that was opened, by the secret of its own appointment', async () => {
  const file = await openTestCase(world)
  const appointmentId = await booked('2026-03-27T10:00:00Z', { in: file })
  const other = await openTestCase(world)
  const time = await on(transaction => loadKeptTime(transaction, file, appointmentId), { in: file })
  if (!time) throw new Error('not booked')
  const seats = async () =>
    (
      await asOwner(world.ownerUrl, client =>
        client.query('select 1 from unwatched.appointment_seat where quarter = $1', [
          quarterAt(time.startsAt),
        ]),
      )
    ).rows.length
  const taken = await seats()
  expect(taken).toBe(3)
  const free = (secret: string) => async (transaction: Transaction) => {
    await sql`select set_config('unwatched.seat_secret', ${secret}, true)`.execute(transaction.tables())
    const quarter = quarterAt(time.startsAt)
    await sql`delete from unwatched.appointment_seat where quarter = ${quarter}`.execute(transaction.tables())
  }
  // With another case open, with a guess at the secret, with none, and with the case open only to be read.
  await on(free(time.secret), { in: other })
  await on(free('a'.repeat(64)), { in: file })
  await on(free(''), { in: file })
  await on(free(time.secret), { in: file, mode: 'read' })
  await world.clinic.database.transaction(world.as('coordinator'), free(time.secret))
  expect(await seats()).toBe(taken)
  await expect(
    on(
      async transaction => {
        await sql`select set_config('unwatched.seat_secret', ${time.secret}, true)`.execute(
          transaction.tables(),
        )
        await sql`insert into unwatched.appointment_seat (clinic_id, seat_of, quarter, bound)
          values (${world.clinic.clinicId}, gen_random_uuid(), 2147483, ${Buffer.alloc(32)})`.execute(
          transaction.tables(),
        )
      },
      { in: file },
    ),
  ).rejects.toThrow(/row-level security/)
  await on(free(time.secret), { in: file })
  expect(await seats()).toBe(0)
})

test('a booking in the past, off the grid, over leave, outside hours or too far ahead each gets its own reason', async () => {
  const because = async (startsAt: string) => {
    const result = await calendars(startsAt)
    return result.allowed ? 'allowed' : result.because
  }
  expect(await because('2026-03-02T09:45:00Z')).toBe('in-the-past')
  expect(await because('2026-03-02T10:00:00Z')).toBe('in-the-past')
  expect(await because('2026-03-05T10:05:00Z')).toBe('not-on-the-grid')
  expect(await because('2026-03-05T10:00:30Z')).toBe('not-on-the-grid')
  expect(await because('2026-03-05T17:00:00Z')).toBe('outside-hours')
  expect(await because('2026-06-05T10:00:00Z')).toBe('too-far-ahead')
  await world.clinic.database.transaction(world.as('cyber-adviser'), transaction =>
    addLeave(
      transaction,
      world.people['cyber-adviser'],
      world.people['cyber-adviser'],
      { startsAt: new Date('2026-03-05T12:00:00Z'), endsAt: new Date('2026-03-05T14:00:00Z') },
      null,
    ),
  )
  expect(await because('2026-03-05T11:15:00Z')).toBe('on-leave')
  expect(await because('2026-03-05T11:00:00Z')).toBe('allowed')
})

test('an hour across the change of the clocks is one appointment of 45 real minutes', async () => {
  world.clock.moveTo('2026-03-20T10:00:00Z')
  const nightPeople = [
    await world.addPerson('cyber-adviser', 'cyber', 'Nell Example'),
    await world.addPerson('stalking-advocate', 'stalking', 'Ned Example'),
  ] as const
  await giveHours(world, nightPeople, { weekdays: [7], from: 0, until: 360 })
  const seating: Seating = [
    { role: 'cyber-adviser', personId: nightPeople[0] },
    { role: 'stalking-advocate', personId: nightPeople[1] },
  ]
  // 29 March 2026: half past midnight, then the clock goes from 1am to 2am.
  const choice = { ...choiceOf('2026-03-29T00:30:00Z'), seating }
  const result = await on(transaction =>
    bookAppointment(world.clinic, transaction, world.people.coordinator, caseId, choice, null),
  )
  expect(result.allowed).toBe(true)
  const { appointments } = await on(transaction => listAppointments(transaction, caseId), { mode: 'read' })
  const own = appointments.find(each => result.allowed && each.appointmentId === result.appointmentId)
  expect(own?.endsAt.toISOString()).toBe('2026-03-29T01:15:00.000Z')
  world.clock.moveTo(start)
})

test('a form sent twice is one appointment', async () => {
  const [first, second] = await Promise.all([
    calendars('2026-03-06T10:00:00Z', { token: 'the-same-form-twice' }),
    calendars('2026-03-06T10:00:00Z', { token: 'the-same-form-twice' }),
  ])
  expect(first.allowed).toBe(true)
  expect(second).toEqual(first)
})

test('somebody suspended, barred or without consent between the choice and the booking cannot join', async () => {
  const because = async (): Promise<string> => {
    const result = await on(transaction =>
      bookAppointment(
        world.clinic,
        transaction,
        world.people.coordinator,
        caseId,
        {
          ...choiceOf('2026-03-09T10:00:00Z'),
          seating: [...seatingOf('cyber-adviser'), { role: 'stalking-advocate', personId: avery }],
        },
        null,
      ),
    )
    return result.allowed ? 'allowed' : result.because
  }
  const avery = await world.addPerson('stalking-advocate', 'stalking', 'Avery Example')
  await giveHours(world, [avery])
  await asOwner(world.ownerUrl, client =>
    client.query(
      `insert into unwatched.bar (clinic_id, case_id, person_id, reason, made_at) values ($1, $2, $3, 'kin', $4)`,
      [world.clinic.clinicId, caseId, avery, world.clock.now()],
    ),
  )
  expect(await because()).toBe('cannot-join')
  await asOwner(world.ownerUrl, client =>
    client.query('delete from unwatched.bar where person_id = $1', [avery]),
  )
  const consent = (set: string) =>
    asOwner(world.ownerUrl, client =>
      client.query(`update unwatched.consent set ${set} where case_id = $1 and agency_id = $2`, [
        caseId,
        world.agencies.stalking,
      ]),
    )
  await consent(`withdrawn_at = '2026-03-02T09:59:00Z'`)
  expect(await because()).toBe('cannot-join')
  await consent('withdrawn_at = null')
  await world.clinic.database.transaction(world.as('administrator'), transaction =>
    suspendPerson(transaction, avery),
  )
  expect(await because()).toBe('cannot-join')
})

test('what stands in the way of a booked appointment is found, and moving it frees the old time', async () => {
  const file = await openTestCase(world)
  const appointmentId = await booked('2026-03-10T10:00:00Z', { in: file })
  const blake = await world.addPerson('cyber-adviser', 'cyber', 'Blake Example')
  await giveHours(world, [blake])
  await world.clinic.database.transaction(world.as('coordinator'), transaction =>
    addLeave(
      transaction,
      world.people.coordinator,
      world.people['cyber-adviser'],
      { startsAt: new Date('2026-03-10T00:00:00Z'), endsAt: new Date('2026-03-11T00:00:00Z') },
      null,
    ),
  )
  const load = () =>
    on(transaction => loadAppointment(world.clinic, transaction, file, appointmentId), { in: file })
  expect((await load())?.inTheWay.map(each => each.kind)).toEqual(['on-leave'])
  const move = (startsAt: string, seating: Seating) =>
    on(
      transaction =>
        moveAppointment(transaction, world.people.coordinator, file, appointmentId, {
          startsAt: new Date(startsAt),
          seating,
          domesticAbuse: false,
        }),
      { in: file },
    )
  // A quarter of an hour later, over its own time, with somebody else.
  const others: Seating = [{ role: 'cyber-adviser', personId: blake }, ...seatingOf('stalking-advocate')]
  expect(await move('2026-03-10T10:15:00Z', others)).toEqual({ allowed: true })
  expect((await load())?.inTheWay).toEqual([])
  expect((await load())?.appointment.people.map(each => each.name)).toContain('Blake Example')
  const seats = await asOwner(world.ownerUrl, client =>
    client.query(`select seat_of, quarter from unwatched.appointment_seat where quarter between $1 and $2`, [
      quarterAt(new Date('2026-03-10T00:00:00Z')),
      quarterAt(new Date('2026-03-10T23:00:00Z')),
    ]),
  )
  expect(seats.rows).toHaveLength(12)
  // A move to a time that is not free leaves everything as it was.
  const rival = await openTestCase(world)
  await on(
    transaction =>
      bookAppointment(
        world.clinic,
        transaction,
        world.people.coordinator,
        rival,
        { ...choiceOf('2026-03-12T10:00:00Z'), seating: others },
        null,
      ),
    { in: rival },
  )
  expect(await move('2026-03-12T10:30:00Z', others)).toEqual({ allowed: false, because: 'taken' })
  expect((await load())?.appointment.startsAt.toISOString()).toBe('2026-03-10T10:15:00.000Z')
})

test('somebody who did not attend is followed up by a person, in as many tries as the clinic’s rule asks for', async () => {
  const file = await openTestCase(world)
  const appointmentId = await booked('2026-03-11T10:00:00Z', { in: file })
  const by = world.people['stalking-advocate']
  const as = { as: 'stalking-advocate', in: file } as const
  const attend = (attendance: 'attended' | 'did-not-attend') =>
    on(transaction => recordAttendance(world.clinic, transaction, by, file, appointmentId, attendance), as)
  expect(await attend('did-not-attend')).toEqual({ allowed: false, because: 'not-begun' })
  const queued = () =>
    asOwner(world.ownerUrl, client =>
      client.query<{ n: number }>('select count(*)::int as n from graphile_worker._private_jobs'),
    )
  const before = (await queued()).rows[0]?.n
  world.clock.moveTo('2026-03-11T10:20:00Z')
  await asOwner(world.ownerUrl, client =>
    client.query(`update unwatched.case_file set urgency = 'seven-days' where case_id = $1`, [file]),
  )
  expect(await attend('did-not-attend')).toEqual({ allowed: true, raised: true })
  expect(await attend('did-not-attend')).toEqual({ allowed: true, raised: false })
  expect((await queued()).rows[0]?.n).toBe(before)
  const step = (did: 'tried' | 'reached' | 'could-not-reach') =>
    on(
      transaction =>
        recordFollowUp(world.clinic, transaction, by, file, appointmentId, {
          did,
          note: 'her sister says hello',
        }),
      as,
    )
  const diary = async () =>
    (
      await world.clinic.database.transaction(world.as('coordinator'), transaction =>
        loadDiary(transaction, null),
      )
    ).followUps.lines.filter(each => each.appointmentId === appointmentId)
  expect(await diary()).toHaveLength(1)
  expect(await step('could-not-reach')).toEqual({ allowed: false, because: 'more-tries' })
  await step('tried')
  expect(await step('could-not-reach')).toEqual({ allowed: false, because: 'more-tries' })
  await step('tried')
  expect(await step('could-not-reach')).toEqual({ allowed: false, because: 'more-tries' })
  await step('tried')
  expect((await diary())[0]?.tries).toBe(3)
  expect(await step('could-not-reach')).toEqual({ allowed: true })
  expect(await step('reached')).toEqual({ allowed: false, because: 'ended-before' })
  expect(await diary()).toEqual([])
  const loaded = await on(transaction => loadAppointment(world.clinic, transaction, file, appointmentId), as)
  expect(loaded?.followUp?.words).toBe('her sister says hello')
  world.clock.moveTo(start)
})

test('a place and notes are sealed, and nobody writes over a colleague’s notes', async () => {
  const file = await openTestCase(world)
  const appointmentId = await booked('2026-03-13T10:00:00Z', {
    in: file,
    place: 'The blue door, Fiction Lane',
  })
  const by = world.people['cyber-adviser']
  const as = { as: 'cyber-adviser', in: file } as const
  const keep = (text: string, seenAt: string) =>
    on(transaction => keepNotes(world.clinic, transaction, by, file, appointmentId, { text, seenAt }), as)
  expect(await keep('The car says meow', '')).toBe('kept')
  expect(await keep('Something else', '')).toBe('changed')
  const raw = await asOwner(world.ownerUrl, client =>
    client.query<{ sealed: Buffer; notes: Buffer }>(
      'select sealed, notes from unwatched.appointment where appointment_id = $1',
      [appointmentId],
    ),
  )
  const row = raw.rows[0]
  expect(row?.sealed.includes('blue door')).toBe(false)
  expect(row?.notes.includes('meow')).toBe(false)
  const load = () => on(transaction => loadAppointment(world.clinic, transaction, file, appointmentId), as)
  const seenAt = (await load())?.appointment.notesAt?.toISOString() ?? ''
  expect(await keep('The car says meow twice', seenAt)).toBe('kept')
  const loaded = await load()
  expect(loaded?.notes).toBe('The car says meow twice')
  expect(loaded?.appointment.hasPlace).toBe(true)
  expect(await on(transaction => showPlace(world.clinic, transaction, file, appointmentId), as)).toBe(
    'The blue door, Fiction Lane',
  )
})

test('S2 a client reads when their next appointment is in neutral words, and nothing else of it', async () => {
  const file = await openTestCase(world)
  await booked('2026-03-16T10:00:00Z', { in: file, place: 'The blue door', abuse: true })
  const client = { kind: 'client', clinicId: world.clinic.clinicId, caseId: file } as const
  const next = await world.clinic.database.transaction(client, transaction =>
    loadNextAppointmentForClient(transaction, file),
  )
  expect(next).toEqual({
    startsAt: new Date('2026-03-16T10:00:00Z'),
    endsAt: new Date('2026-03-16T10:45:00Z'),
    zone: 'Europe/London',
    what: 'Your appointment',
    how: 'In person, where you agreed',
  })
  const seen = await world.clinic.database.transaction(client, async transaction => {
    await loadNextAppointmentForClient(transaction, file)
    const rows = []
    for (const table of ['appointment', 'appointment_seat', 'follow_up', 'working_hours', 'absence'])
      rows.push(
        ...(await sql`select * from ${sql.table(`unwatched.${table}`)}`.execute(transaction.tables())).rows,
      )
    rows.push(
      ...(await sql`select * from unwatched.kept_times(0, 2147483647, null)`.execute(transaction.tables()))
        .rows,
      ...(
        await sql`select * from unwatched.open_follow_ups('{}', null, 0, 100)`.execute(transaction.tables())
      ).rows,
    )
    rows.push(
      ...(await sql`select * from unwatched.who_may_join(${file})`.execute(transaction.tables())).rows,
    )
    return rows
  })
  expect(seen).toEqual([])
  // Another case is not this client's, and it looks as if there were none.
  expect(
    await world.clinic.database.transaction(client, transaction =>
      loadNextAppointmentForClient(transaction, caseId),
    ),
  ).toBeNull()
})

test('S13 nobody from outside comes to the calendars, and a client reads their appointment and never writes', async () => {
  expect(appointmentRoutes.filter(route => route.kind === 'public')).toEqual([])
  const client = { kind: 'client', clinicId: world.clinic.clinicId, caseId } as const
  const { clinicId } = world.clinic
  const writes = [
    sql`insert into unwatched.appointment_seat values (${clinicId}, ${caseId}, 2147483, null, ${Buffer.alloc(32)})`,
    sql`insert into unwatched.appointment values (${clinicId}, ${caseId}, gen_random_uuid(), 'x', null)`,
  ]
  for (const write of writes)
    await expect(
      world.clinic.database.transaction(client, async transaction => {
        await loadNextAppointmentForClient(transaction, caseId)
        await write.execute(transaction.tables())
      }),
    ).rejects.toThrow(/row-level security/)
})

test('S5 without opening the case nothing of its appointments is read, and other agencies see none in their diary', async () => {
  const file = await openTestCase(world, { agencies: ['lead', 'stalking', 'cyber'] })
  await booked('2026-03-17T10:00:00Z', { in: file })
  const diaryOf = async (role: Role) =>
    (
      await world.clinic.database.transaction(world.as(role), transaction => loadDiary(transaction, null))
    ).lines.filter(line => line.caseId === file)
  expect(await diaryOf('coordinator')).toHaveLength(1)
  expect(await diaryOf('police-liaison')).toEqual([])
  expect(await diaryOf('manager')).toEqual([])
  await asOwner(world.ownerUrl, client =>
    client.query('update unwatched.consent set withdrawn_at = $1 where case_id = $2 and agency_id = $3', [
      world.clock.now(),
      file,
      world.agencies.cyber,
    ]),
  )
  expect(await diaryOf('cyber-adviser')).toEqual([])
  const unopened = await world.clinic.database.transaction(world.as('coordinator'), transaction =>
    sql`select 1 from unwatched.appointment`.execute(transaction.tables()),
  )
  expect(unopened.rows).toEqual([])
})

test('nobody but they themselves and a coordinator changes a calendar', async () => {
  const span = { startsAt: new Date('2026-05-01T00:00:00Z'), endsAt: new Date('2026-05-02T00:00:00Z') }
  const leave = (role: Role, of: Role) =>
    world.clinic.database.transaction(world.as(role), transaction =>
      addLeave(transaction, world.people[role], world.people[of], span, null),
    )
  await expect(leave('cyber-adviser', 'idva')).rejects.toThrow(/row-level security/)
  await expect(leave('manager', 'idva')).rejects.toThrow(/row-level security/)
  await expect(leave('police-liaison', 'police-liaison')).rejects.toThrow(/row-level security/)
  await leave('idva', 'idva')
  await leave('coordinator', 'idva')
})

test('a manager learns how long people waited for a first appointment, in counts, and nobody else learns it', async () => {
  const waits = (role: Role) =>
    world.clinic.database.transaction(world.as(role), transaction =>
      countFirstWaits(transaction, 'Europe/London'),
    )
  const file = await openTestCase(world)
  const appointmentId = await booked('2026-03-18T10:00:00Z', { in: file })
  const attend = (attendance: 'attended' | 'did-not-attend') =>
    on(
      transaction =>
        recordAttendance(
          world.clinic,
          transaction,
          world.people.coordinator,
          file,
          appointmentId,
          attendance,
        ),
      { in: file },
    )
  world.clock.moveTo('2026-03-18T11:00:00Z')
  await attend('did-not-attend')
  expect(await waits('manager')).toEqual([])
  await attend('attended')
  expect(await waits('manager')).toEqual([{ month: '2026-03-01', days: 16, cases: 1 }])
  for (const role of ['coordinator', 'idva', 'administrator'] as const) expect(await waits(role)).toEqual([])
  world.clock.moveTo(start)
})

test('nothing is booked in a case that was closed, and what was booked before says that it was', async () => {
  const file = await openTestCase(world)
  const appointmentId = await booked('2026-03-19T10:00:00Z', { in: file })
  await asOwner(world.ownerUrl, client =>
    client.query(`update unwatched.case_file set state = 'closed' where case_id = $1`, [file]),
  )
  expect(await calendars('2026-03-19T13:00:00Z', { in: file })).toEqual({
    allowed: false,
    because: 'case-closed',
  })
  const loaded = await on(transaction => loadAppointment(world.clinic, transaction, file, appointmentId), {
    in: file,
  })
  expect(loaded?.isCaseClosed).toBe(true)
})

test('a client recorded by mistake as having come after all is followed up again', async () => {
  const file = await openTestCase(world)
  const appointmentId = await booked('2026-03-20T10:00:00Z', { in: file })
  world.clock.moveTo('2026-03-20T10:30:00Z')
  const attend = (attendance: 'attended' | 'did-not-attend') =>
    on(
      transaction =>
        recordAttendance(
          world.clinic,
          transaction,
          world.people.coordinator,
          file,
          appointmentId,
          attendance,
        ),
      { in: file },
    )
  const closedAt = async () =>
    (await on(transaction => loadAppointment(world.clinic, transaction, file, appointmentId), { in: file }))
      ?.followUp?.closedAt
  expect(await attend('did-not-attend')).toEqual({ allowed: true, raised: true })
  expect(await attend('attended')).toEqual({ allowed: true, raised: false })
  expect(await closedAt()).toEqual(world.clock.now())
  expect(await attend('did-not-attend')).toEqual({ allowed: true, raised: true })
  expect(await closedAt()).toBeNull()
  world.clock.moveTo(start)
})
