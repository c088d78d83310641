import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AppointmentsSite, openAppointmentsSite } from '../../../../test/support/appointments-site.ts'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { statusesOf } from '../../../../test/support/test-site.ts'

let site: AppointmentsSite
beforeAll(async () => {
  site = await openAppointmentsSite()
})
afterAll(() => site.close())

const as = 'coordinator'

test('the appointments of a case are for those whose role and consent cover them', async () => {
  const all = `/cases/${site.caseId}/appointments`
  const closed = `/cases/${await openTestCase(site.world, { agencies: ['lead'] })}/appointments`
  expect(await statusesOf(site, [all, closed], 'stalking-advocate')).toEqual([200, 404])
  for (const role of ['police-liaison', 'manager', 'call-handler', 'administrator'] as const)
    expect(await statusesOf(site, [all], role), role).toEqual([404])
})

test('what is booked stands under what is to come, without where, and under before when it was cancelled or has been', async () => {
  const all = `/cases/${site.caseId}/appointments`
  expect((await site.get(all, { as })).text).toContain('No appointment is booked.')
  const second = await site.book('2026-03-10T10:00:00Z')
  const first = await site.book('2026-03-03T10:00:00Z')
  const { text } = await site.get(all, { as })
  expect(text.indexOf(first)).toBeGreaterThan(0)
  expect(text.indexOf(second), 'the next one first').toBeGreaterThan(text.indexOf(first))
  expect(text).toContain('Test cyber-adviser')
  expect(text).not.toContain('Door')
  expect(text).not.toContain('>Before<')
  await site.confirm(`${second}/cancel`, { reason: 'other' }, { as })
  site.world.clock.moveTo('2026-03-04T10:00:00Z')
  const later = (await (await site.visitor(as)).get(all)).text
  expect(later).toContain('No appointment is booked.')
  for (const path of [first, second]) expect(later.indexOf(path)).toBeGreaterThan(later.indexOf('>Before<'))
})
