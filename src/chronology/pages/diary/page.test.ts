import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPortalSite, type PortalSite } from '../../../../test/support/portal-site.ts'
import { openTestCase } from '../../../../test/support/test-case.ts'
import type { Visitor } from '../../../../test/support/test-site.ts'

let site: PortalSite
let client: Visitor
beforeAll(async () => {
  site = await openPortalSite()
  client = await site.signIn(site.words.open)
})
afterAll(() => site.close())

test('staff whose role covers it read the client’s diary and make an incident from it, with no word in the address', async () => {
  await client.post('/my/notes/new', { what: 'It was the bakery', precision: 'unknown' })
  for (const role of ['police-liaison', 'manager', 'administrator'] as const)
    expect((await site.get(site.path('/diary'), { as: role })).status).toBe(404)
  const diary = await site.get(site.path('/diary'), { as: 'stalking-advocate' })
  expect(diary.text).toContain('It was the bakery')
  const link = /\/cases\/[0-9a-f-]+\/incidents\/new\?diary=[0-9a-f-]+(?=")/.exec(diary.text)?.[0] ?? ''
  const form = await site.get(link, { as: 'stalking-advocate' })
  expect(form.text).toContain('It was the bakery')
  expect((await site.get(site.path('/diary'), { as: 'coordinator' })).text).not.toContain('Make an incident')
  const others = await openTestCase(site.world)
  const elsewhere = await site.get(`/cases/${others}/incidents/new?${link.split('?')[1]}`, {
    as: 'stalking-advocate',
  })
  expect(elsewhere.text).not.toContain('It was the bakery')
})

test('S4 what was written with the second phrase is not in the diary that staff read', async () => {
  const visitor = await site.signIn(site.words.duress)
  await visitor.post('/my/notes/new', { what: 'Typed by him', precision: 'unknown' })
  const diary = await site.get(site.path('/diary'), { as: 'stalking-advocate' })
  expect(diary.text).toContain('It was the bakery')
  expect(diary.text).not.toContain('Typed by him')
})

test('the diary of a case out of sight is not found, and one in which nothing was written says so', async () => {
  const closed = await openTestCase(site.world, { agencies: ['lead'] })
  expect((await site.get(`/cases/${closed}/diary`, { as: 'stalking-advocate' })).status).toBe(404)
  const { status, text } = await site.get(`/cases/${closed}/diary`, { as: 'idva' })
  expect(status).toBe(200)
  expect(text).not.toContain('Make an incident')
})
