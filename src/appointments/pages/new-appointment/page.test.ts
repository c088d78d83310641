import { afterAll, beforeAll, expect, test } from 'vitest'
import { giveHours } from '../../../../test/support/test-calendar.ts'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../../test/support/test-clinic.ts'
import { openTestSite, type TestSite } from '../../../../test/support/test-site.ts'
import type { CaseId } from '../../../foundation/ids.ts'

let world: TestClinic
let site: TestSite
let caseId: CaseId
beforeAll(async () => {
  world = await openTestClinic()
  site = await openTestSite(world)
  caseId = await openTestCase(world, {
    clientName: 'Linda Fairweather',
    agencies: ['lead', 'cyber', 'stalking'],
  })
  await giveHours(world)
})
afterAll(async () => {
  await site.close()
  await world.close()
})

const as = 'coordinator'
const all = (file = caseId) => `/cases/${file}/appointments`
const slotAt = (
  when: string,
  roles: readonly ('cyber-adviser' | 'stalking-advocate' | 'idva')[] = ['cyber-adviser', 'stalking-advocate'],
) => `${when} ${roles.map(role => `${role}:${world.people[role]}`).join(',')}`
const chosen = (when: string, rest: Readonly<Record<string, string>> = {}) => ({
  abuse: 'no',
  slot: slotAt(when),
  placeKind: 'room',
  place: 'The reading room',
  ...rest,
})
const setRelation = (relation: string, file = caseId) =>
  asOwner(world.ownerUrl, client =>
    client.query('update unwatched.referral set answers = $1 where case_id = $2', [
      JSON.stringify({ relation }),
      file,
    ]),
  )

test('only those whose role and consent cover the appointments of this case come to the pages', async () => {
  for (const role of ['call-handler', 'police-liaison', 'manager', 'administrator'] as const) {
    expect((await site.get(`${all()}/new`, { as: role })).status).toBe(404)
    expect((await site.post(all(), chosen('2026-03-03T10:00:00Z'), { as: role })).status).toBe(404)
  }
  const narrow = await openTestCase(world, { agencies: ['lead'] })
  expect((await site.get(`${all(narrow)}/new`, { as: 'stalking-advocate' })).status).toBe(404)
})

test('an IDVA is ticked beforehand by who the suspected person is, with the reason; not known asks a person', async () => {
  await setRelation('former-partner')
  const suggested = await site.get(`${all()}/new`, { as })
  expect(suggested.text).toContain('The suspected person is a former partner.')
  expect(suggested.text).toMatch(/value="yes" checked/)
  for (const relation of ['known', 'work']) {
    await setRelation(relation)
    const asked = await site.get(`${all()}/new`, { as })
    expect(asked.text).not.toMatch(/name="abuse"[^>]* checked/)
    expect(asked.text).toContain('parents of, or with parental responsibility for, the same child')
    expect((await site.get(`${all()}/new?abuse=`, { as })).status).toBe(422)
  }
  await setRelation('not-known')
  const open = await site.get(`${all()}/new`, { as })
  expect(open.text).toContain('It is not known who the suspected person is')
  expect(open.text).not.toMatch(/name="abuse"[^>]* checked/)
})

test('who is free when is asked before anything is chosen, and a wrong question is named at its field', async () => {
  const empty = await site.get(`${all()}/new?abuse=`, { as })
  expect(empty.status).toBe(422)
  expect(empty.text).toContain('<a href="#abuse">Select whether there is domestic abuse</a>')
  expect(empty.text).toContain('id="abuse"')
  const day = await site.get(`${all()}/new?abuse=no&from-day=31&from-month=2&from-year=2026`, { as })
  expect(day.text).toContain('<a href="#from-day">The first day must be a real date</a>')
  const times = await site.get(`${all()}/new?abuse=yes`, { as })
  expect(times.status).toBe(200)
  expect(times.text).toContain('Monday 2 March 2026, 10:15am to 11am')
  expect(times.text).toContain('Test cyber-adviser, Test stalking-advocate, Test idva are free then')
  const oneDay = await site.get(`${all()}/new?abuse=no&only=yes&from-day=4&from-month=3&from-year=2026`, {
    as,
  })
  expect(oneDay.text).toContain('Wednesday 4 March 2026, 9:15am to 10am')
  expect(oneDay.text).not.toContain('5 March 2026')
})

test('where nobody has hours, or no agency is party, the page says so and what to do', async () => {
  const lonely = await openTestCase(world, { agencies: ['lead', 'cyber'] })
  const { text } = await site.get(`${all(lonely)}/new?abuse=no`, { as })
  expect(text).toContain('There is no stalking advocate who may join this case')
  const idle = await openTestClinic()
  const idleSite = await openTestSite(idle)
  const file = await openTestCase(idle)
  const asked = await idleSite.get(`/cases/${file}/appointments/new?abuse=no`, { as })
  expect(asked.text).toContain('No cyber adviser has working hours yet')
  expect(asked.text).not.toContain('Continue')
  await idleSite.close()
  await idle.close()
})

test('everything missing is named at once, and what was typed is still there', async () => {
  const { status, text } = await site.post(`${all()}/check`, { abuse: 'no', place: 'Kept words' }, { as })
  expect(status).toBe(422)
  expect(text).toContain('<title>Error: Book an appointment')
  expect(text).toContain('<a href="#slot">Select a time</a>')
  expect(text).toContain('<a href="#placeKind">Select how you will meet</a>')
  expect(text).toMatch(/id="slot"/)
  expect(text).toContain('value="Kept words"')
  const long = await site.post(`${all()}/check`, chosen('2026-03-03T10:00:00Z', { place: 'x'.repeat(501) }), {
    as,
  })
  expect(long.text).toContain('<a href="#place">Where exactly must be 500 characters or less</a>')
})

test('it is shown once more before it is booked, and then it is there for everybody on the case', async () => {
  const check = await site.post(`${all()}/check`, chosen('2026-03-03T10:00:00Z'), { as })
  expect(check.status).toBe(200)
  expect(check.text).toContain('Tuesday 3 March 2026, 10am to 10:45am')
  expect(check.text).toContain('The reading room')
  expect(check.text).toContain('15 minutes are kept after it')
  const saved = await site.post(all(), chosen('2026-03-03T10:00:00Z'), { as })
  expect(saved.status).toBe(303)
  const page = await site.get(saved.location ?? '', { as: 'stalking-advocate' })
  expect(page.text).toContain('Tuesday 3 March 2026, 10am to 10:45am')
  expect(page.text).not.toContain('The reading room')
  const list = await site.get(all(), { as: 'cyber-adviser' })
  expect(list.text).toContain('Tuesday 3 March 2026, 10am to 10:45am')
})

test('a slot that nobody offered is answered, not booked', async () => {
  const strange: readonly string[] = [
    'tomorrow',
    '2026-03-03T10:00:00Z',
    `2026-13-03T10:00:00Z cyber-adviser:${world.people['cyber-adviser']}`,
    `2026-03-03T10:00:00Z administrator:${world.people.administrator}`,
    slotAt('2026-03-04T10:00:00Z', ['cyber-adviser', 'cyber-adviser']),
    slotAt('2026-03-04T10:00:00Z', ['cyber-adviser']),
    `2026-03-04T10:00:00Z cyber-adviser:${world.people.idva},stalking-advocate:${world.people.manager}`,
    "'; drop table unwatched.appointment; --",
  ]
  for (const slot of strange) {
    const { status } = await site.post(all(), chosen('2026-03-04T10:00:00Z', { slot }), { as })
    expect([409, 422], slot).toContain(status)
  }
})

test('a booking in the past or over leave each gets its own reason, with what to do next', async () => {
  const past = await site.post(all(), chosen('2026-03-02T09:00:00Z'), { as })
  expect(past.status).toBe(409)
  expect(past.text).toContain('That time has passed. Choose another')
  expect(past.text).toContain('value="The reading room"')
  const off = await site.post(all(), chosen('2026-03-08T10:00:00Z'), { as })
  expect(off.text).toContain('Somebody you chose no longer works at that time')
})

test('a consent withdrawn while the form lay open is named, and nothing is lost', async () => {
  const file = await openTestCase(world)
  await asOwner(world.ownerUrl, client =>
    client.query('update unwatched.consent set withdrawn_at = $1 where case_id = $2 and agency_id = $3', [
      world.clock.now(),
      file,
      world.agencies.cyber,
    ]),
  )
  const { status, text } = await site.post(all(file), chosen('2026-03-05T10:00:00Z'), { as })
  expect(status).toBe(409)
  expect(text).toContain('Somebody you chose cannot join this case any more')
  expect(text).toContain('There is no cyber adviser who may join this case')
})

test('fifty requests for one hour at once end in one booking, and the others hear kindly and see the next times', async () => {
  const files = await Promise.all(Array.from({ length: 5 }, () => openTestCase(world)))
  const visitors = await Promise.all(Array.from({ length: 10 }, () => site.visitor(as)))
  await Promise.all(visitors.map(visitor => visitor.get('/staff')))
  const answers = await Promise.all(
    Array.from({ length: 50 }, async (_, index) => {
      // Each is another form, of one of five cases, sent by one of ten browsers. Whoever waited too long for the database has
      // the form back, and sends it again.
      const send = () => visitors[index % 10]?.post(all(files[index % 5]), chosen('2026-03-06T10:00:00Z'))
      let answer = await send()
      while (answer?.status === 503) answer = await send()
      return answer
    }),
  )
  const statuses = answers.map(answer => answer?.status)
  expect(statuses.filter(status => status === 303)).toHaveLength(1)
  const lost = answers.filter(answer => answer?.status === 409)
  expect(lost).toHaveLength(49)
  const kind = lost.filter(answer => answer?.text.includes('That time was taken a moment ago'))
  expect(kind.length).toBeGreaterThan(30)
  for (const answer of kind) {
    expect(answer?.text).toContain('what you wrote is still here')
    expect(answer?.text).toMatch(/name="slot" type="radio" value="2026-03-/)
    expect(answer?.text).toContain('value="The reading room"')
  }
  const rows = await asOwner(world.ownerUrl, client =>
    client.query(
      `select 1 from unwatched.appointment_seat where quarter = $1
         and seat_of not in (select person_id from unwatched.person)`,
      [Date.parse('2026-03-06T10:00:00Z') / 900_000],
    ),
  )
  expect(rows.rows).toHaveLength(1)
}, 120_000)
