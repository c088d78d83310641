import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AppointmentsSite, openAppointmentsSite } from '../../../../test/support/appointments-site.ts'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { asOwner } from '../../../../test/support/test-clinic.ts'

let site: AppointmentsSite
beforeAll(async () => {
  site = await openAppointmentsSite()
})
afterAll(() => site.close())

const as = 'coordinator'

test('an appointment of a case out of sight is not found, and neither is one of another case', async () => {
  const path = await site.book('2026-03-03T10:00:00Z')
  for (const role of ['police-liaison', 'manager', 'call-handler'] as const) {
    expect((await site.get(path, { as: role })).status).toBe(404)
    expect((await site.post(`${path}/place`, {}, { as: role })).status).toBe(404)
    expect((await site.post(`${path}/notes`, { notes: 'x' }, { as: role })).status).toBe(404)
  }
  const other = await openTestCase(site.world)
  const foreign = path.replace(site.caseId, other)
  expect((await site.get(foreign, { as })).status).toBe(404)
  expect((await site.post(`${foreign}/notes`, { notes: 'x', seenAt: '' }, { as })).status).toBe(404)
  expect((await site.post(`${foreign}/attendance`, { attendance: 'attended' }, { as })).status).toBe(404)
  expect((await site.post(`${foreign}/follow-up`, { did: 'tried' }, { as })).status).toBe(404)
})

test('the page shows the running order with links to map, contact and plan, and where only after a click', async () => {
  const path = await site.book('2026-03-03T13:00:00Z')
  const { text } = await site.get(path, { as: 'cyber-adviser' })
  expect(text).toContain('41 to 45 minutes')
  for (const part of ['map', 'contact', 'plan']) expect(text).toContain(`/cases/${site.caseId}/${part}"`)
  expect(text).not.toContain('Door')
  const shown = await site.post(`${path}/place`, {}, { as: 'cyber-adviser' })
  expect(shown.text).toContain('Door &lt;i&gt;7&lt;/i&gt;')
  const trail = await site.get(`/cases/${site.caseId}/trail`, { as })
  expect(trail.text).toContain('Uncovered where an appointment is')
})

test('notes are kept, too many are refused, and nobody writes over a colleague', async () => {
  const path = await site.book('2026-03-04T10:00:00Z')
  const save = (notes: string, seenAt: string) =>
    site.post(`${path}/notes`, { notes, seenAt }, { as: 'stalking-advocate' })
  expect((await save('x'.repeat(20_001), '')).text).toContain(
    '<a href="#notes">Notes must be 20000 characters or less</a>',
  )
  expect((await save('The car says meow', '')).status).toBe(303)
  const stale = await save('My own words', '')
  expect(stale.status).toBe(409)
  expect(stale.text).toContain('Somebody saved notes while you were writing')
  expect(stale.text).toContain('The car says meow')
  expect(stale.text).toContain('My own words</textarea>')
})

test('somebody suspended after the booking is found on the page, with what to do next', async () => {
  const path = await site.book('2026-03-11T10:00:00Z')
  await asOwner(site.world.ownerUrl, client =>
    client.query(`update unwatched.person set state = 'suspended' where person_id = $1`, [
      site.world.people['cyber-adviser'],
    ]),
  )
  const { text } = await site.get(path, { as })
  expect(text).toContain('Test cyber-adviser cannot join any more')
  expect(text).toContain('Move the appointment and choose somebody else')
  await asOwner(site.world.ownerUrl, client =>
    client.query(`update unwatched.person set state = 'active' where person_id = $1`, [
      site.world.people['cyber-adviser'],
    ]),
  )
})

test('S1 a reminder is asked for by a person, and where nothing was agreed the page says what to do first', async () => {
  const path = await site.book('2026-03-12T10:00:00Z')
  const page = await site.get(path, { as })
  expect(page.text).toContain('None is sent unless somebody asks for it here')
  expect(page.text).toContain('No way to reach the client has been agreed')
  expect((await site.post(`${path}/reminder`, { channel: 'c1' }, { as: 'manager' })).status).toBe(404)
  const none = await site.post(`${path}/reminder`, { channel: 'fax' }, { as })
  expect(none.status).toBe(422)
  expect(none.text).toContain('<a href="#channel">Select a way to reach the client</a>')
  expect((await site.post(`${path}/reminder`, { channel: 'c1' }, { as })).status).toBe(303)
  const refused = await site.get(path, { as })
  expect(refused.text).toContain('Nothing has been agreed with the client about reaching them.')
  expect(refused.text).toContain('A task was raised')
})

test('attendance waits until it has begun; who did not come becomes a task, and nothing is sent', async () => {
  const path = await site.book('2026-03-05T10:00:00Z')
  expect((await site.get(path, { as })).text).not.toContain('What became of it')
  const early = await site.post(`${path}/attendance`, { attendance: 'attended' }, { as })
  expect(early.status).toBe(409)
  site.world.clock.moveTo('2026-03-05T10:30:00Z')
  const fresh = await site.visitor(as)
  const empty = await fresh.post(`${path}/attendance`, {})
  expect(empty.status).toBe(422)
  expect(empty.text).toContain('<a href="#attendance">Select what became of the appointment</a>')
  expect((await fresh.post(`${path}/attendance`, { attendance: 'did-not-attend' })).status).toBe(303)
  const page = await fresh.get(path)
  expect(page.text).toContain('The client did not come')
  expect(page.text).toContain('Do not write that an appointment was missed')
  const diary = await fresh.get('/appointments')
  expect(diary.text).toContain('Did not come: assess the risk')
  expect(diary.text).toContain('Linda &lt;b&gt;Fairweather&lt;/b&gt;')
  expect((await fresh.post(`${path}/follow-up`, {})).text).toContain('<a href="#did">Select what you did</a>')
  const early2 = await fresh.post(`${path}/follow-up`, { did: 'could-not-reach' })
  expect(early2.status).toBe(409)
  expect(early2.text).toContain('more tries are needed')
  await fresh.post(`${path}/follow-up`, { did: 'tried' })
  expect((await fresh.confirm(`${path}/follow-up`, { did: 'reached' })).text).toContain(
    'Enter what you found',
  )
  await fresh.confirm(`${path}/follow-up`, { did: 'reached', followUpNote: 'All is well' })
  const ended = await fresh.get(path)
  expect(ended.text).toContain('Reached by the agreed safe way')
  expect(ended.text).toContain('All is well')
  expect((await fresh.get('/appointments')).text).not.toContain('Did not come: assess the risk')
})
