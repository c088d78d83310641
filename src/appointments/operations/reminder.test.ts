import { afterAll, beforeAll, expect, test } from 'vitest'
import { giveHours } from '../../../test/support/test-calendar.ts'
import { openTestCase } from '../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../test/support/test-clinic.ts'
import { withCase } from '../../audit/operations/access-case.ts'
import type { ContactPlan } from '../../contact/contact-plan.ts'
import { changeContactPlan } from '../../contact/operations/change-plan.ts'
import { listOpenTasks } from '../../contact/operations/list-tasks.ts'
import { writeClientWord } from '../../contact/operations/write-client-word.ts'
import type { AppointmentId, CaseId } from '../../foundation/ids.ts'
import type { Clinic } from '../../platform/clinic.ts'
import type { Transaction } from '../../platform/database.ts'
import { bookAppointment } from './book-appointment.ts'
import { cancelAppointment } from './cancel-appointment.ts'
import { recordFollowUp } from './follow-up.ts'
import { moveAppointment } from './move-appointment.ts'
import { recordAttendance } from './record-attendance.ts'
import { askForReminder, loadReminders } from './reminder.ts'

let world: TestClinic
let clinic: Clinic
const start = '2026-03-02T10:00:00Z'
beforeAll(async () => {
  world = await openTestClinic(start)
  // A server that is never asked: these tests have no queue.
  clinic = {
    ...world.clinic,
    mail: {
      host: '127.0.0.1',
      port: 9,
      implicitTls: false,
      demandTls: false,
      user: null,
      password: null,
      from: 'diary@mail.example',
    },
  }
  await giveHours(world)
})
afterAll(() => world.close())

const by = () => world.people.coordinator
const listTasks = async () =>
  (await clinic.database.transaction(world.as('coordinator'), transaction => listOpenTasks(transaction)))
    .lines
const on = async <Answer>(
  caseId: CaseId,
  part: 'appointment' | 'contact',
  work: (transaction: Transaction) => Promise<Answer>,
): Promise<Answer> => {
  const access = { caseId, part, mode: 'write' } as const
  const done = await withCase(clinic.database, world.as('coordinator'), access, async transaction => ({
    answer: await work(transaction),
  }))
  if (!done) throw new Error('the case is not in sight')
  return done.answer
}
const choiceAt = (when: string) => ({
  startsAt: new Date(when),
  seating: (['cyber-adviser', 'stalking-advocate'] as const).map(role => ({
    role,
    personId: world.people[role],
  })),
  domesticAbuse: false,
})
const calendars = async (caseId: CaseId, when: string): Promise<AppointmentId> => {
  const choice = { ...choiceAt(when), placeKind: 'room', place: '' } as const
  const result = await on(caseId, 'appointment', transaction =>
    bookAppointment(clinic, transaction, by(), caseId, choice, null),
  )
  if (!result.allowed) throw new Error(result.because)
  return result.appointmentId
}
const agree = (caseId: CaseId, rest: Partial<ContactPlan['channels'][number]> = {}) =>
  on(caseId, 'contact', async transaction => {
    await changeContactPlan(clinic, transaction, caseId, plan => ({
      ...plan,
      wants: 'yes',
      channels: [
        {
          channelId: 'c1',
          kind: 'email',
          value: 'linda@mail.example',
          safe: 'yes',
          confirmedAt: transaction.now.toISOString(),
          expiresOn: '2026-12-31',
          mayRemind: true,
          windows: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '08:00', until: '20:00' }],
          note: '',
          isGone: false,
          ...rest,
        },
      ],
    }))
    await writeClientWord(clinic, transaction, caseId, {
      channelId: 'c1',
      heard: 'face-to-face',
      words: 'her own, and new',
      lastDay: '2026-03-20',
    })
  })
const ask = (caseId: CaseId, appointmentId: AppointmentId) =>
  on(caseId, 'appointment', transaction => askForReminder(clinic, transaction, caseId, appointmentId, 'c1'))
const states = async (caseId: CaseId, appointmentId: AppointmentId) =>
  (
    await on(caseId, 'appointment', transaction => loadReminders(clinic, transaction, caseId, appointmentId))
  )?.messages
    .map(each => `${each.state} ${each.because ?? ''}`.trim())
    .sort()

test('S1 booking, moving and cancelling ask for no message by themselves', async () => {
  const file = await openTestCase(world)
  await agree(file)
  const appointmentId = await calendars(file, '2026-03-04T10:00:00Z')
  await on(file, 'appointment', transaction =>
    moveAppointment(transaction, by(), file, appointmentId, choiceAt('2026-03-04T12:00:00Z')),
  )
  await on(file, 'appointment', transaction =>
    cancelAppointment(transaction, by(), file, appointmentId, 'client-asked'),
  )
  expect(await states(file, appointmentId)).toEqual([])
  expect((await ask(file, appointmentId)).kind).toBe('not-ahead')
})

test('S1 a reminder that the contact gate refuses shows its reason and raises a task', async () => {
  const file = await openTestCase(world)
  const appointmentId = await calendars(file, '2026-03-05T10:00:00Z')
  expect(await ask(file, appointmentId)).toEqual({ kind: 'refused', because: 'no-plan' })
  await agree(file, { safe: 'unknown' })
  expect(await ask(file, appointmentId)).toEqual({ kind: 'refused', because: 'not-marked-safe' })
  expect(new Set(await states(file, appointmentId))).toEqual(
    new Set(['refused not-marked-safe', 'refused no-plan']),
  )
  const tasks = await listTasks()
  expect(tasks.filter(each => each.caseId === file).map(each => each.kind)).toEqual([
    'reminder-not-sent',
    'reminder-not-sent',
  ])
})

test('a reminder of a time that is no more is stopped, and can be asked for again for the new one', async () => {
  const file = await openTestCase(world)
  await agree(file)
  const appointmentId = await calendars(file, '2026-03-06T10:00:00Z')
  expect((await ask(file, appointmentId)).kind).toBe('waiting')
  expect((await ask(file, appointmentId)).kind).toBe('asked-before')
  await on(file, 'appointment', transaction =>
    moveAppointment(transaction, by(), file, appointmentId, choiceAt('2026-03-06T13:00:00Z')),
  )
  expect(await states(file, appointmentId)).toEqual(['stopped appointment-changed'])
  expect((await ask(file, appointmentId)).kind).toBe('waiting')
  await on(file, 'appointment', transaction =>
    cancelAppointment(transaction, by(), file, appointmentId, 'not-safe'),
  )
  expect(await states(file, appointmentId)).toEqual([
    'stopped appointment-changed',
    'stopped appointment-changed',
  ])
})

test('a person who may not see the client’s channels moves nothing a reminder may be waiting for', async () => {
  const file = await openTestCase(world)
  const appointmentId = await calendars(file, '2026-03-09T10:00:00Z')
  await asOwner(world.ownerUrl, client =>
    client.query(`update unwatched.consent set parts = '{overview,appointment}' where case_id = $1`, [file]),
  )
  const no = { allowed: false, because: 'contact-not-in-sight' }
  expect(
    await on(file, 'appointment', transaction =>
      moveAppointment(transaction, by(), file, appointmentId, choiceAt('2026-03-09T13:00:00Z')),
    ),
  ).toEqual(no)
  expect(
    await on(file, 'appointment', transaction =>
      cancelAppointment(transaction, by(), file, appointmentId, 'other'),
    ),
  ).toEqual(no)
  expect((await ask(file, appointmentId)).kind).toBe('not-in-sight')
})

test('a client who did not come is among the tasks until somebody has followed them up', async () => {
  const file = await openTestCase(world)
  const appointmentId = await calendars(file, '2026-03-10T10:00:00Z')
  world.clock.moveTo('2026-03-10T10:30:00Z')
  await on(file, 'appointment', transaction =>
    recordAttendance(clinic, transaction, by(), file, appointmentId, 'did-not-attend'),
  )
  const tasks = async () => (await listTasks()).filter(each => each.subject === appointmentId)
  expect((await tasks()).map(each => `${each.kind} ${each.because}`)).toEqual([
    'client-did-not-come did-not-attend',
  ])
  expect(await states(file, appointmentId)).toEqual([])
  await on(file, 'appointment', transaction =>
    recordFollowUp(clinic, transaction, by(), file, appointmentId, { did: 'reached', note: '' }),
  )
  expect(await tasks()).toEqual([])
  world.clock.moveTo(start)
})

test('a client recorded by mistake as having come after all is followed up again', async () => {
  const file = await openTestCase(world)
  const appointmentId = await calendars(file, '2026-03-11T10:00:00Z')
  world.clock.moveTo('2026-03-11T10:30:00Z')
  const attend = (attendance: 'attended' | 'did-not-attend') =>
    on(file, 'appointment', transaction =>
      recordAttendance(clinic, transaction, by(), file, appointmentId, attendance),
    )
  const openTasks = async () => (await listTasks()).filter(each => each.subject === appointmentId).length
  expect(await attend('did-not-attend')).toEqual({ allowed: true, raised: true })
  expect(await attend('attended')).toEqual({ allowed: true, raised: false })
  expect(await openTasks()).toBe(0)
  expect(await attend('did-not-attend')).toEqual({ allowed: true, raised: true })
  expect(await openTasks()).toBe(1)
  world.clock.moveTo(start)
})
