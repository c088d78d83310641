import { afterAll, beforeAll, expect, test } from 'vitest'
import { verbsOf } from '../../../../test/support/acts-of-case.ts'
import { type AppointmentsSite, openAppointmentsSite } from '../../../../test/support/appointments-site.ts'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { statusesOf } from '../../../../test/support/test-site.ts'

let site: AppointmentsSite
beforeAll(async () => {
  site = await openAppointmentsSite()
})
afterAll(() => site.close())

const as = 'coordinator'

test('an appointment is moved by those who book, in its own case', async () => {
  const path = await site.book('2026-03-03T10:00:00Z')
  const foreign = path.replace(site.caseId, await openTestCase(site.world))
  const paths = [`${path}/move`, `${foreign}/move`, `/cases/${site.caseId}/appointments/x/move`]
  expect(await statusesOf(site, paths, as)).toEqual([200, 404, 404])
  const slot = { abuse: 'no', slot: site.slotAt('2026-03-03T11:00:00Z') }
  expect((await site.post(`${foreign}/move`, slot, { as })).status).toBe(404)
  for (const role of ['police-liaison', 'manager', 'call-handler'] as const) {
    expect(await statusesOf(site, [`${path}/move`], role), role).toEqual([404])
    expect((await site.post(`${path}/move`, slot, { as: role })).status, role).toBe(404)
  }
  expect((await site.get(path, { as })).text).toContain('10am to 10:45am')
})

test('an appointment is moved to another time, and a time that was taken meanwhile leaves it where it was', async () => {
  const path = await site.book('2026-03-09T10:00:00Z')
  const rival = await openTestCase(site.world)
  await site.book('2026-03-09T14:00:00Z', rival)
  const asked = await site.get(`${path}/move`, { as })
  expect(asked.text).toContain('That time is kept until the new one is')
  expect((await site.post(`${path}/move`, { abuse: 'no' }, { as })).text).toContain(
    '<a href="#slot">Select a time</a>',
  )
  const taken = await site.post(
    `${path}/move`,
    { abuse: 'no', slot: site.slotAt('2026-03-09T14:15:00Z') },
    { as },
  )
  expect(taken.status).toBe(409)
  expect(taken.text).toContain('Nothing was moved')
  const moved = await site.post(
    `${path}/move`,
    { abuse: 'no', slot: site.slotAt('2026-03-09T10:30:00Z') },
    { as },
  )
  expect(moved.location).toBe(path)
  expect((await site.get(path, { as })).text).toContain('Monday 9 March 2026, 10:30am to 11:15am')
  expect(await verbsOf(site.world, site.caseId)).toContain('appointment-moved')
})

test('an appointment that has begun is not moved', async () => {
  const path = await site.book('2026-03-04T10:00:00Z')
  site.world.clock.moveTo('2026-03-04T10:01:00Z')
  const late = await site.visitor(as)
  const slot = { abuse: 'no', slot: site.slotAt('2026-03-11T11:00:00Z') }
  for (const answer of [await late.get(`${path}/move`), await late.post(`${path}/move`, slot)]) {
    expect(answer.status).toBe(409)
    expect(answer.text).toContain('This appointment cannot be moved any more')
  }
})
