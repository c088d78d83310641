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

test('an appointment is cancelled by those who book, in its own case, and not before what follows was read', async () => {
  const path = await site.book('2026-03-03T10:00:00Z')
  const foreign = path.replace(site.caseId, await openTestCase(site.world))
  expect(await statusesOf(site, [`${path}/cancel`, `${foreign}/cancel`], as)).toEqual([200, 404])
  expect((await site.post(`${foreign}/cancel`, { reason: 'other' }, { as })).status).toBe(404)
  for (const role of ['police-liaison', 'manager', 'call-handler'] as const) {
    expect(await statusesOf(site, [`${path}/cancel`], role), role).toEqual([404])
    expect((await site.post(`${path}/cancel`, { reason: 'other' }, { as: role })).status, role).toBe(404)
  }
  const asked = await site.get(`${path}/cancel`, { as })
  expect(asked.text).toContain('Nobody is written to')
  expect((await site.post(`${path}/cancel`, { reason: 'other' }, { as })).text).toContain('What follows')
  expect((await site.get(path, { as })).text).not.toContain('Cancelled.')
})

test('cancelling asks why, frees the time, and can be done twice without harm', async () => {
  const path = await site.book('2026-03-10T10:00:00Z')
  expect((await site.confirm(`${path}/cancel`, {}, { as })).text).toContain(
    '<a href="#reason">Select why it is cancelled</a>',
  )
  expect((await site.confirm(`${path}/cancel`, { reason: 'not-safe' }, { as })).status).toBe(303)
  expect((await site.post(`${path}/cancel`, { reason: 'not-safe' }, { as })).status).toBe(303)
  const page = await site.get(path, { as })
  expect(page.text).toContain('Cancelled. It is not safe for the client at that time or place')
  expect((await site.get(`${path}/move`, { as })).status).toBe(409)
  await site.book('2026-03-10T10:00:00Z', await openTestCase(site.world))
  const verbs = await verbsOf(site.world, site.caseId)
  expect(verbs.filter(verb => verb === 'appointment-cancelled')).toHaveLength(1)
})

test('an appointment that has begun is not cancelled: what became of it is recorded instead', async () => {
  const path = await site.book('2026-03-04T10:00:00Z')
  site.world.clock.moveTo('2026-03-04T10:01:00Z')
  const late = await site.visitor(as)
  const answer = await late.confirm(`${path}/cancel`, { reason: 'other' })
  expect(answer.status).toBe(409)
  expect(answer.text).toContain('Record what became of it instead')
  expect((await late.get(path)).text).not.toContain('Cancelled.')
})
