import { afterAll, beforeAll, expect, test } from 'vitest'
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
  caseId = await openTestCase(world)
  await site.post(`/cases/${caseId}/map`, { entries: ['phone', 'car'] }, adviser)
  await tell('The car made a <i>noise</i> on the bridge', 'about', '9')
  await tell('He waited at the dentist', 'about', '12')
  await tell('Somebody rang', 'unknown', '')
})
afterAll(async () => {
  await site.close()
  await world.close()
})

const adviser = { as: 'cyber-adviser' } as const
const path = () => `/cases/${caseId}/map/leaks/chronology`

/** The advocate makes an incident of what the client told. */
async function tell(what: string, precision: string, day: string): Promise<void> {
  const date = day === '' ? {} : { 'date-day': day, 'date-month': '1', 'date-year': '2026', time: '08:40' }
  const made = await site.post(
    `/cases/${caseId}/incidents/new`,
    { what, precision, ...date },
    { as: 'stalking-advocate' },
  )
  expect(made.status).toBe(303)
}

const fieldsOf = (text: string): readonly string[] =>
  [...text.matchAll(/name="(kind-[0-9a-f-]{36})"/g)].map(match => match[1] ?? '')

test('only those who may change the map are offered incidents, and only where the chronology is open to them too', async () => {
  expect((await site.get(path())).location).toContain('/sign-in')
  for (const role of ['coordinator', 'idva', 'police-liaison', 'call-handler', 'manager'] as const) {
    expect((await site.get(path(), { as: role })).status, role).toBe(404)
    expect((await site.post(path(), {}, { as: role })).status, role).toBe(404)
  }
  const narrow = await openTestCase(world)
  await asOwner(world.ownerUrl, client =>
    client.query(`update unwatched.consent set parts = '{map}' where case_id = $1`, [narrow]),
  )
  const closed = `/cases/${narrow}/map/leaks/chronology`
  expect((await site.get(closed, adviser)).text).toContain('The chronology of this case is not open to you')
  expect((await site.post(closed, {}, adviser)).text).toContain('not open to you')
})

test('incidents are taken over once, with what was known, and the map proposes what carried it', async () => {
  const { text } = await site.get(path(), adviser)
  expect(text).toContain('The car made a &lt;i&gt;noise&lt;/i&gt; on the bridge')
  expect(text).toContain('1 incident is not offered, because nobody knows the day')
  const [dentist = '', noise = ''] = fieldsOf(text)
  const empty = await site.post(path(), {}, adviser)
  expect(empty.status).toBe(422)
  expect(empty.text).toContain('Select what was known in at least one incident')
  const wrong = await site.post(path(), { [noise]: 'rumour', [dentist]: 'plan' }, adviser)
  expect(wrong.text).toContain('Select what was known from the list')
  expect(wrong.text).toMatch(/<option value="plan" selected/)
  const form = { [noise]: 'location', 'kind-01900000-0000-7000-8000-000000000000': 'plan' }
  expect((await site.post(path(), form, adviser)).location).toBe(`/cases/${caseId}/map/leaks#days`)
  expect((await site.post(path(), form, adviser)).status).toBe(422)
  const days = await site.get(`/cases/${caseId}/map/leaks`, adviser)
  expect(days.text).toContain('1 day on which they knew')
  expect(days.text).toContain('about 8:40am')
  expect(days.text).toContain('Where the client was is not known')
  const left = await site.get(path(), adviser)
  expect(fieldsOf(left.text)).toEqual([dentist])
  expect(left.text).toContain('1 incident is in the leak finder already')
})
