import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AppointmentsSite, openAppointmentsSite } from '../../../../test/support/appointments-site.ts'
import { asOwner } from '../../../../test/support/test-clinic.ts'

let site: AppointmentsSite
beforeAll(async () => {
  site = await openAppointmentsSite()
})
afterAll(() => site.close())

test('everybody’s calendars are for coordinators', async () => {
  for (const role of ['manager', 'cyber-adviser', 'idva', 'police-liaison', 'administrator'] as const)
    expect((await site.get('/calendars', { as: role })).status, role).toBe(403)
})

test('everybody who sits in appointments is listed, with whether they can be booked', async () => {
  const rowOf = async (name: string): Promise<string> => {
    const { text } = await site.get('/calendars', { as: 'coordinator' })
    return text.split('<tr').find(row => row.includes(name)) ?? ''
  }
  await site.world.addPerson('idva', 'lead', 'New <i>Colleague</i>')
  expect(await rowOf('New &lt;i&gt;Colleague')).toContain('No working hours yet: cannot be booked')
  expect(await rowOf('Test cyber-adviser')).toContain('Can be booked')
  expect(await rowOf('Test cyber-adviser')).toContain(`/calendars/${site.world.people['cyber-adviser']}`)
  expect(await rowOf('Test manager')).toBe('')
  await asOwner(site.world.ownerUrl, client =>
    client.query(`update unwatched.person set state = 'suspended' where person_id = $1`, [
      site.world.people['cyber-adviser'],
    ]),
  )
  expect(await rowOf('Test cyber-adviser')).toContain('Not at work: cannot be booked')
})
