import { afterAll, beforeAll, expect, test } from 'vitest'
import { verbsOf } from '../../../../test/support/acts-of-case.ts'
import { day } from '../../../../test/support/date-fields.ts'
import { type OrdersSite, openOrdersSite } from '../../../../test/support/orders-site.ts'

let site: OrdersSite
beforeAll(async () => {
  site = await openOrdersSite()
})
afterAll(() => site.close())

const as = 'stalking-advocate'

test('a breach is decided by those who work with orders, for an order and an incident of this case', async () => {
  const { caseId, base, path } = await site.open()
  const after = await site.incident(caseId, '2026-02-12T14:31:00Z')
  const breach = `${path}/breaches/${after}`
  expect(await site.statuses([breach])).toEqual([200])
  for (const role of ['idva', 'manager', 'call-handler'] as const)
    expect(await site.statuses([breach], role), role).toEqual([404])
  expect((await site.post(breach, { taken: 'yes', reason: 'x', seen: '0' }, { as: 'idva' })).status).toBe(404)
  const other = await site.open()
  const absent = '01900000-0000-7000-8000-000000000000'
  const paths = [
    `${path}/breaches/${absent}`,
    `${base}/${absent}/breaches/${after}`,
    `${other.path}/breaches/${after}`,
  ]
  expect(await site.statuses(paths)).toEqual([404, 404, 404])
})

test('a person decides with a reason, a second one is told of the first, and both decisions stay', async () => {
  const { caseId, base, path } = await site.open()
  const after = await site.incident(caseId, '2026-02-12T14:31:00Z')
  const breach = `${path}/breaches/${after}`
  const page = await site.get(breach, { as })
  expect(page.text).toContain('Wrote &lt;i&gt;again&lt;/i&gt;')
  const empty = await site.post(breach, {}, { as })
  expect(empty.text).toContain('<a href="#taken">Select what you make of it</a>')
  expect(empty.text).toContain('<a href="#reason">Enter why</a>')
  const future = { taken: 'yes', reason: 'Same words', seen: '0', ...day('told', '2026-04-01') }
  expect((await site.post(breach, future, { as })).text).toContain('<a href="#told-day">')
  const yes = { taken: 'yes', reason: 'Same <b>words</b>', policeReference: 'KP/1', seen: '0' }
  expect((await site.post(breach, yes, { as })).location).toBe(path)
  const second = await site.post(breach, { taken: 'no', reason: 'Mine', seen: '0' }, { as: 'police-liaison' })
  expect(second.status).toBe(409)
  expect(second.text).toContain('A colleague decided on this while you were writing')
  expect(second.text).toContain('Same &lt;b&gt;words&lt;/b&gt;')
  expect(second.text).toContain('Mine</textarea>')
  expect((await site.post(breach, { taken: 'no', reason: 'Mine', seen: '1' }, { as })).location).toBe(path)
  const diary = await site.get(path, { as })
  expect(diary.text).toContain('Not taken for a breach')
  expect((await site.get(breach, { as })).text).toContain('Police reference <bdi>KP/1</bdi>')
  expect((await site.get(base, { as })).text).not.toContain('A possible breach')
  expect(await verbsOf(site.world, caseId)).toEqual(
    expect.arrayContaining(['breach-confirmed', 'breach-rejected']),
  )
  const absent = `${path}/breaches/01900000-0000-7000-8000-000000000000`
  expect((await site.post(absent, yes, { as })).status).toBe(404)
})
