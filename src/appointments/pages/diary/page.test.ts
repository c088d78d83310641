import { afterAll, beforeAll, expect, test } from 'vitest'
import { giveHours } from '../../../../test/support/test-calendar.ts'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../../test/support/test-clinic.ts'
import { openTestSite, type TestSite } from '../../../../test/support/test-site.ts'

let world: TestClinic
let site: TestSite
beforeAll(async () => {
  world = await openTestClinic()
  site = await openTestSite(world)
  await giveHours(world)
})
afterAll(async () => {
  await site.close()
  await world.close()
})

test('the diary is for those who sit in appointments and for coordinators', async () => {
  for (const role of ['manager', 'administrator', 'call-handler', 'police-liaison'] as const)
    expect((await site.get('/appointments', { as: role })).status).toBe(403)
})

test('S5 everybody sees their own, a coordinator everybody’s, and nobody a case that is not in their sight', async () => {
  const file = await openTestCase(world, { clientName: 'Linda Fairweather' })
  const hidden = await openTestCase(world, { clientName: 'Not Shown', agencies: ['cyber', 'stalking'] })
  const seats = (['cyber-adviser', 'stalking-advocate'] as const)
    .map(role => `${role}:${world.people[role]}`)
    .join(',')
  const calendars = (path: string, when: string, as: 'coordinator' | 'cyber-adviser') =>
    site.post(
      `/cases/${path}/appointments`,
      { abuse: 'no', slot: `${when} ${seats}`, placeKind: 'video' },
      { as },
    )
  expect((await calendars(file, '2026-03-02T11:00:00Z', 'coordinator')).status).toBe(303)
  expect((await calendars(hidden, '2026-03-03T11:00:00Z', 'cyber-adviser')).status).toBe(303)
  const coordinator = await site.get('/appointments', { as: 'coordinator' })
  expect(coordinator.text).toContain('Monday 2 March 2026, 11am to 11:45am')
  expect(coordinator.text).toContain('Linda Fairweather')
  expect(coordinator.text).not.toContain('Not Shown')
  const adviser = await site.get('/appointments', { as: 'cyber-adviser' })
  expect(adviser.text).toContain('Linda Fairweather')
  expect(adviser.text).toContain('Not Shown')
  expect((await site.get('/appointments', { as: 'idva' })).text).not.toContain('Fairweather')
  await asOwner(world.ownerUrl, client =>
    client.query(
      `insert into unwatched.bar (clinic_id, case_id, person_id, reason, made_at) values ($1, $2, $3, 'kin', $4)`,
      [world.clinic.clinicId, hidden, world.people['cyber-adviser'], world.clock.now()],
    ),
  )
  expect((await site.get('/appointments', { as: 'cyber-adviser' })).text).not.toContain('Not Shown')
})

test('what is over and was not recorded is asked for on the days after', async () => {
  world.clock.moveTo('2026-03-04T10:00:00Z')
  const coordinator = await site.visitor('coordinator')
  const { text } = await coordinator.get('/appointments')
  expect(text).toContain('Not recorded yet')
  expect(text).toContain('Nothing today.')
})
