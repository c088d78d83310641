import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../../test/support/test-clinic.ts'
import { openTestSite, type TestSite } from '../../../../test/support/test-site.ts'

let world: TestClinic
let site: TestSite
beforeAll(async () => {
  world = await openTestClinic()
  site = await openTestSite(world)
})
afterAll(async () => {
  await site.close()
  await world.close()
})

const dateOf = (prefix: string, day: number, month: number, year: number) => ({
  [`${prefix}-day`]: String(day),
  [`${prefix}-month`]: String(month),
  [`${prefix}-year`]: String(year),
})
const hours = {
  weekdays: ['2', '4'],
  hoursFrom: '9am',
  hoursUntil: '5:30pm',
  ...dateOf('validFrom', 2, 3, 2026),
}
const theirs = () => `/calendars/${world.people['stalking-advocate']}`

test('my calendar is for those who sit in appointments, and everybody’s for coordinators', async () => {
  for (const role of ['manager', 'administrator', 'call-handler', 'police-liaison', 'coordinator'] as const)
    expect((await site.get('/my-calendar', { as: role })).status).toBe(403)
  for (const role of ['manager', 'cyber-adviser', 'idva'] as const)
    expect((await site.post(`${theirs()}/hours`, hours, { as: role })).status).toBe(403)
  expect((await site.get(`/calendars/${world.people.manager}`, { as: 'coordinator' })).status).toBe(404)
  expect((await site.get('/calendars/nobody', { as: 'coordinator' })).status).toBe(404)
})

test('without hours nobody can be booked, and the page says so', async () => {
  expect((await site.get('/my-calendar', { as: 'idva' })).text).toContain('You have no working hours yet')
})

test('everything missing from hours is named at once, each at its field, and what was typed stays', async () => {
  const { status, text } = await site.post(
    '/my-calendar/hours',
    { hoursFrom: 'teatime', ...dateOf('validFrom', 31, 2, 2026) },
    { as: 'idva' },
  )
  expect(status).toBe(422)
  for (const line of [
    '<a href="#weekdays">Select at least one day</a>',
    '<a href="#hoursFrom">When they start must include minutes or am or pm, like 9am or 16:30</a>',
    '<a href="#hoursUntil">Enter when they end</a>',
    '<a href="#validFrom-day">The first day must be a real date</a>',
  ])
    expect(text).toContain(line)
  expect(text).toContain('value="teatime"')
  const backwards = { ...hours, hoursFrom: '5pm', hoursUntil: '9am', ...dateOf('validUntil', 1, 3, 2026) }
  const wrong = await site.post('/my-calendar/hours', backwards, { as: 'idva' })
  expect(wrong.text).toContain('When they end must be later than when they start')
  expect(wrong.text).toContain('The last day must be the same as or after the first day')
})

test('hours are added for each day, refused where they lie over others, and removed with who did it', async () => {
  expect((await site.post('/my-calendar/hours', hours, { as: 'cyber-adviser' })).location).toBe(
    '/my-calendar',
  )
  const page = await site.get('/my-calendar', { as: 'cyber-adviser' })
  expect(page.text).toContain('9am to 5:30pm')
  expect(page.text).toContain('Thursday')
  const over = await site.post(
    '/my-calendar/hours',
    { ...hours, weekdays: ['4'], hoursFrom: '5pm', hoursUntil: 'midnight' },
    { as: 'cyber-adviser' },
  )
  expect(over.status).toBe(409)
  expect(over.text).toContain('These hours lie over others of the same day')
  const id = /name="id" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
  await site.confirm('/my-calendar/remove', { kind: 'hours', id }, { as: 'cyber-adviser' })
  await site.post('/my-calendar/remove', { kind: 'hours', id }, { as: 'cyber-adviser' })
  const kept = await asOwner(world.ownerUrl, client =>
    client.query<{ removed_by: string }>(
      'select removed_by from unwatched.working_hours where hours_id = $1',
      [id],
    ),
  )
  expect(kept.rows[0]?.removed_by).toBe(world.people['cyber-adviser'])
})

test('hours are given a last day, and those that had not begun by then are gone', async () => {
  const as = 'stalking-advocate'
  await site.post('/my-calendar/hours', { ...hours, weekdays: ['1', '3'] }, { as })
  const later = { ...hours, weekdays: ['6'], ...dateOf('validFrom', 1, 6, 2026) }
  await site.post('/my-calendar/hours', later, { as })
  const empty = await site.post('/my-calendar/end', {}, { as })
  expect(empty.status).toBe(422)
  expect(empty.text).toContain('<a href="#endHours">Select which hours end</a>')
  expect(empty.text).toContain('<a href="#lastDay-day">Enter the last day</a>')
  const end = { endHours: 'all', ...dateOf('lastDay', 30, 4, 2026) }
  expect((await site.confirm('/my-calendar/end', end, { as })).status).toBe(303)
  const page = await site.get('/my-calendar', { as })
  expect(page.text).toContain('From 2 March 2026 until 30 April 2026')
  expect(page.text).not.toContain('1 June 2026')
  const again = await site.post('/my-calendar/end', end, { as })
  expect(again.status).toBe(409)
  expect(again.text).toContain('These hours end before that day already')
})

test('nobody takes a line off a colleague’s calendar by its id', async () => {
  await site.post(`${theirs()}/hours`, hours, { as: 'coordinator' })
  const page = await site.get(theirs(), { as: 'coordinator' })
  const id = /name="id" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
  await site.post('/my-calendar/remove', { kind: 'hours', id }, { as: 'idva' })
  expect((await site.get(theirs(), { as: 'coordinator' })).text).toContain(id)
})

test('time away is whole days or hours, and hours that did not happen are named', async () => {
  const leave = (fields: Readonly<Record<string, string>>) =>
    site.post('/my-calendar/leave', fields, { as: 'idva' })
  expect((await leave({})).text).toContain('<a href="#leaveFrom-day">Enter the first day</a>')
  expect((await leave(dateOf('leaveFrom', 1, 2, 2026))).text).toContain('Time away must not be over already')
  const skipped = { ...dateOf('leaveFrom', 29, 3, 2026), leaveStart: '1:30am', leaveEnd: '4am' }
  expect((await leave(skipped)).text).toContain('That time did not happen on that day')
  expect(
    (await leave({ ...dateOf('leaveFrom', 5, 3, 2026), leaveStart: '3pm', leaveEnd: '2pm' })).text,
  ).toContain('<a href="#leaveEnd">The end must be after the start</a>')
  const days = { ...dateOf('leaveFrom', 5, 3, 2026), ...dateOf('leaveUntil', 6, 3, 2026) }
  expect((await site.confirm('/my-calendar/leave', days, { as: 'idva' })).status).toBe(303)
  const page = await site.get('/my-calendar', { as: 'idva' })
  expect(page.text).toContain('Thursday 5 March 2026')
  expect(page.text).toContain('the end of Friday 6 March 2026')
})

test('leave over an appointment keeps it and says that it must be moved', async () => {
  const file = await openTestCase(world, { clientName: 'Sam Fiction' })
  for (const role of ['cyber-adviser', 'stalking-advocate'] as const)
    await site.post(
      `/calendars/${world.people[role]}/hours`,
      { ...hours, weekdays: ['1'] },
      { as: 'coordinator' },
    )
  const seats = (['cyber-adviser', 'stalking-advocate'] as const).map(role => `${role}:${world.people[role]}`)
  const form = { abuse: 'no', slot: `2026-03-09T10:00:00Z ${seats.join(',')}`, placeKind: 'room' }
  const booked = await site.post(`/cases/${file}/appointments`, form, { as: 'coordinator' })
  expect(booked.status).toBe(303)
  const away = dateOf('leaveFrom', 9, 3, 2026)
  const check = await site.post('/my-calendar/leave', away, { as: 'cyber-adviser' })
  expect(check.text).toContain('A coming appointment lies in it: Monday 9 March 2026, 10am to 10:45am')
  await site.confirm('/my-calendar/leave', away, { as: 'cyber-adviser' })
  const page = await site.get('/my-calendar', { as: 'cyber-adviser' })
  expect(page.text).toContain('There is an appointment while you are away')
  expect((await site.get(booked.location ?? '', { as: 'coordinator' })).text).toContain(
    'Test cyber-adviser is away then',
  )
})
