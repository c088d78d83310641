import { afterAll, beforeAll, expect, test } from 'vitest'
import { verbsOf } from '../../../../test/support/acts-of-case.ts'
import { type ContactSite, number, openContactSite } from '../../../../test/support/contact-site.ts'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { asOwner } from '../../../../test/support/test-clinic.ts'

let site: ContactSite
beforeAll(async () => {
  site = await openContactSite()
})
afterAll(() => site.close())

const as = { as: 'stalking-advocate' } as const

test('anyone who has no business with the client’s contact finds no page', async () => {
  expect((await site.get(site.base)).location).toContain('/sign-in')
  for (const role of ['police-liaison', 'call-handler', 'manager', 'administrator'] as const) {
    expect((await site.get(site.base, { as: role })).status).toBe(404)
    expect((await site.post(`${site.base}/reveal`, { field: 'c1' }, { as: role })).status).toBe(404)
    expect((await site.post(`${site.base}/verdict`, {}, { as: role })).status).toBe(404)
  }
})

test('until something is agreed the page says so', async () => {
  expect((await site.show()).text).toContain('Nothing has been agreed yet')
})

test('S6 a number and a code word are shown on a click alone, and the click is in the trail', async () => {
  await site.agree()
  const page = await site.show()
  expect(page.text).not.toContain(number)
  expect(page.text).not.toContain('blue kettle')
  expect((await site.post(`${site.base}/reveal`, { field: 'c1' }, as)).text).toContain(number)
  expect((await site.post(`${site.base}/reveal`, { field: 'weSay' }, as)).text).toContain('blue kettle')
  expect((await site.post(`${site.base}/reveal`, { field: '__proto__' }, as)).status).toBe(200)
  expect((await site.get(`/cases/${site.caseId}/trail`, { as: 'coordinator' })).text).toContain(
    'Uncovered a contact detail',
  )
})

test('the page says who wrote it down and when, and how often it was changed before', async () => {
  expect((await site.show()).text).toMatch(/Written down[\s\S]{0,200}By [\s\S]{0,80}changed \d times before/)
})

test('a channel that turns out to be observable raises a task, and one that is not there raises none', async () => {
  const none = { channel: 'c9', verdict: 'observable', why: 'x' }
  expect((await site.post(`${site.base}/verdict`, none, as)).text).toContain('Select which way')
  await site.raiseTask('c1')
  expect((await site.show()).text).toContain('turned out to be observable')
  expect(await verbsOf(site.world, site.caseId)).toContain('task-raised')
})

test('a case out of sight has no page of contact', async () => {
  const closed = await openTestCase(site.world, { agencies: ['lead'] })
  expect((await site.get(`/cases/${closed}/contact`, as)).status).toBe(404)
  expect((await site.post(`/cases/${closed}/contact/reveal`, { field: 'c1' }, as)).status).toBe(404)
})

test('S8 nothing of what was agreed lies readable in the database', async () => {
  expect(await verbsOf(site.world, site.caseId)).toContain('contact-plan-changed')
  for (const table of ['contact_plan', 'channel_verdict', 'task', 'act']) {
    const { rows } = await asOwner(site.world.ownerUrl, client =>
      client.query(`select ${table}::text as row from unwatched.${table}`),
    )
    for (const { row } of rows) expect(row).not.toMatch(/900456|900789|blue kettle|contract/)
  }
})
