import { afterAll, beforeAll, expect, test } from 'vitest'
import { verbsOf } from '../../../../test/support/acts-of-case.ts'
import { type OrdersSite, openOrdersSite } from '../../../../test/support/orders-site.ts'

let site: OrdersSite
beforeAll(async () => {
  site = await openOrdersSite()
})
afterAll(() => site.close())

const as = 'stalking-advocate'

test('terms are changed by those who work with orders, of an order of this case', async () => {
  const { path } = await site.open()
  const other = await site.open()
  const foreign = `${other.base}/${path.split('/').at(-1)}/terms`
  expect(await site.statuses([`${path}/terms`, foreign])).toEqual([200, 404])
  for (const role of ['idva', 'manager'] as const)
    expect(await site.statuses([`${path}/terms`], role), role).toEqual([404])
  expect((await site.post(`${path}/terms`, {}, { as: 'idva' })).status).toBe(404)
  const shown = (await site.get(path, { as })).text
  const end = /action="([^"]+\/terms\/[^"]+\/end)"/.exec(shown)?.[1] ?? ''
  expect((await site.post(end, {}, { as: 'idva' })).status).toBe(404)
  expect((await site.post(end.replace(path, other.path), {}, { as })).status).toBe(404)
  await site.post(end, {}, { as })
  expect((await site.get(path, { as })).text, 'nothing happens before what follows was read').not.toContain(
    'until 2 March 2026',
  )
})

test('a term is added in the court’s words, and taken out after a page that says what follows', async () => {
  const { caseId, path } = await site.open()
  const none = await site.post(`${path}/terms`, {}, { as })
  expect(none.text).toContain('<a href="#words">Enter the term as it stands in the order</a>')
  const term = { termKind: 'prohibition', words: 'Not to go to <b>Old</b> Bridge', codes: 'E_LOITER' }
  expect((await site.post(`${path}/terms`, { ...term, seen: await site.seen(path) }, { as })).location).toBe(
    path,
  )
  const shown = await site.get(path, { as })
  expect(shown.text).toContain('Not to go to &lt;b&gt;Old&lt;/b&gt; Bridge')
  const end = [...shown.text.matchAll(/action="([^"]+\/terms\/[^"]+\/end)"/g)].at(-1)?.[1] ?? ''
  expect((await site.confirm(end, {}, { as })).location).toBe(path)
  expect((await site.get(path, { as })).text).toContain('until 2 March 2026')
  expect(await verbsOf(site.world, caseId)).toEqual(['order-recorded', 'term-added', 'term-ended'])
})
