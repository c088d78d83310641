import { afterAll, beforeAll, expect, test } from 'vitest'
import { day } from '../../../../test/support/date-fields.ts'
import { type OrdersSite, openOrdersSite, served } from '../../../../test/support/orders-site.ts'
import { openTestCase } from '../../../../test/support/test-case.ts'

let site: OrdersSite
beforeAll(async () => {
  site = await openOrdersSite()
})
afterAll(() => site.close())

const as = 'stalking-advocate'

test('an order is read by those who may, changed by nobody who may not, and is of one case', async () => {
  const { path } = await site.open()
  const foreign = `/cases/${await openTestCase(site.world)}/orders/${path.split('/').at(-1)}`
  const closed = `/cases/${await openTestCase(site.world, { agencies: ['lead'] })}/orders/${path.split('/').at(-1)}`
  expect(await site.statuses([path, foreign, closed])).toEqual([200, 404, 404])
  for (const role of ['manager', 'call-handler', 'administrator'] as const)
    expect(await site.statuses([path], role), role).toEqual([404])
  const idva = (await site.get(path, { as: 'idva' })).text
  expect(idva).not.toContain('Correct or complete')
  expect(idva).toContain('Fiction Magistrates &lt;b&gt;Court&lt;/b&gt;')
  expect((await site.get(path, { as })).text).toContain('Correct or complete')
})

test('an order page never says that no incident falls under it when it cannot know', async () => {
  const none = await site.open({ ...served, templates: [] })
  await site.incident(none.caseId, '2026-02-20T10:00:00Z')
  expect((await site.get(none.path, { as })).text).toContain('cannot be known: no terms are recorded')
  const empty = await site.open()
  expect((await site.get(empty.path, { as })).text).toContain('cannot be known: there are no incidents')
  const unmade = await site.open({ kind: 'spo', made: 'not-yet', templates: 'any-contact' })
  await site.incident(unmade.caseId, '2026-02-20T10:00:00Z')
  expect((await site.get(unmade.path, { as })).text).toContain('It is not made yet, so nothing was compared')
})

test('the page of an order shows the law of its kind', async () => {
  const interim = { ...served, kind: 'interim-spo', endsHow: 'on', ...day('endsOn', '2026-08-01') }
  const { path } = await site.open(interim)
  const page = await site.get(path, { as })
  expect(page.text).toContain('All parts of the United Kingdom, unless the order limits it')
  expect(page.text).toContain('can ask the police to')
  const restraining = await site.open({ ...served, kind: 'restraining' })
  expect((await site.get(restraining.path, { as })).text).toContain('has a right to be heard')
})
