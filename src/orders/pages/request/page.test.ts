import { afterAll, beforeAll, expect, test } from 'vitest'
import { verbsOf } from '../../../../test/support/acts-of-case.ts'
import { type OrdersSite, openOrdersSite } from '../../../../test/support/orders-site.ts'
import { openTestCase } from '../../../../test/support/test-case.ts'

let site: OrdersSite
beforeAll(async () => {
  site = await openOrdersSite()
})
afterAll(() => site.close())

const as = 'stalking-advocate'

test('a request is written by those who work with orders, and an order that nobody asked for has none', async () => {
  const { base, path } = await site.open()
  const closed = `/cases/${await openTestCase(site.world, { agencies: ['lead'] })}/orders/request`
  expect(await site.statuses([`${base}/request`, closed, `${path}/request`])).toEqual([200, 404, 404])
  for (const role of ['idva', 'manager'] as const)
    expect(await site.statuses([`${base}/request`], role), role).toEqual([404])
  expect((await site.post(`${base}/request`, {}, { as: 'idva' })).status).toBe(404)
})

test('a request shows what each statutory ground has and what it lacks, and is kept for the police', async () => {
  const caseId = await openTestCase(site.world)
  await site.incident(caseId, '2026-02-12T14:31:00Z')
  const base = `/cases/${caseId}/orders`
  const asked = await site.get(`${base}/request`, { as })
  expect(asked.text).toContain('Whether to apply for an order is the decision of the police')
  expect(asked.text).not.toContain('Nothing yet')
  expect(asked.text).toContain('Nothing is on the access map yet')
  expect(asked.text).toContain('No incident is marked with this')
  const empty = await site.post(`${base}/request`, {}, { as })
  expect(empty.text).toContain('<a href="#necessity">Enter why an order is needed')
  expect(empty.text).toContain('<a href="#templates">Select at least one term to propose</a>')
  const half = await site.post(`${base}/request`, { necessity: 'Every <b>day</b>' }, { as })
  expect([half.status, half.text.includes('Every &lt;b&gt;day')]).toEqual([422, true])
  const fields = {
    necessity: 'It <b>goes</b> on',
    limits: 'Works nights',
    templates: ['any-account', 'trackers'],
  }
  const sent = await site.post(`${base}/request`, fields, { as })
  const print = await site.get(sent.location ?? '', { as: 'police-liaison' })
  expect(print.text).toContain('It &lt;b&gt;goes&lt;/b&gt; on')
  expect(print.text).toContain('Not to place or have placed a tracker')
  expect(print.text).toContain('Works nights')
  expect((await site.get(base, { as })).text).toContain('Asked for')
  expect(await verbsOf(site.world, caseId)).toContain('order-asked-for')
})
