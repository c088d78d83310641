import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OrdersSite, openOrdersSite } from '../../../../test/support/orders-site.ts'

let site: OrdersSite
beforeAll(async () => {
  site = await openOrdersSite()
})
afterAll(() => site.close())

const as = 'stalking-advocate'

test('a breach can be recorded by an incident that was not found, and stays in the diary of the order', async () => {
  const { caseId, path } = await site.open()
  const before = await site.incident(caseId, '2026-01-05T10:00:00Z')
  const other = await site.incident(caseId, '2026-02-20T10:00:00Z', [])
  expect((await site.get(path, { as })).text).toContain('by an incident that is not listed here')
  const others = await site.get(`${path}/breaches`, { as })
  expect(others.text).toContain(`${path}/breaches/${before}`)
  expect(others.text).not.toContain(`${path}/breaches/${other}`)
  expect((await site.get(`${path}/breaches`, { as: 'idva' })).status).toBe(404)
  const page = await site.get(`${path}/breaches/${before}`, { as })
  expect(page.text).toContain('You can record it all the same')
  const sent = { taken: 'yes', reason: 'The clock was wrong', seen: '0' }
  expect((await site.post(`${path}/breaches/${before}`, sent, { as })).location).toBe(path)
  const diary = await site.get(path, { as })
  expect(diary.text).toContain('Recorded by a person')
  expect(diary.text).toContain('The clock was wrong')
})

test('incidents are listed for an order of this case alone, the newest first, and an odd place in the list is its start', async () => {
  const { caseId, path } = await site.open()
  const older = (await site.incident(caseId, '2026-01-05T10:00:00Z')) ?? ''
  const newer = (await site.incident(caseId, '2026-01-06T10:00:00Z')) ?? ''
  const page = (await site.get(`${path}/breaches?from=x`, { as })).text
  expect(page).toContain('Wrote &lt;i&gt;again&lt;/i&gt;')
  expect(page.indexOf(newer)).toBeGreaterThan(0)
  expect(page.indexOf(older)).toBeGreaterThan(page.indexOf(newer))
  const other = await site.open()
  const foreign = `${other.base}/${path.split('/').at(-1)}/breaches`
  expect(await site.statuses([foreign, `${path}/breaches?from=999999`])).toEqual([404, 200])
  expect((await site.get(`${other.path}/breaches`, { as })).text).toContain(
    'Every incident is listed beside this order already',
  )
})
