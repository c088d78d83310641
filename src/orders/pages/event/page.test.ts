import { afterAll, beforeAll, expect, test } from 'vitest'
import { verbsOf } from '../../../../test/support/acts-of-case.ts'
import { day } from '../../../../test/support/date-fields.ts'
import { type OrdersSite, openOrdersSite, served } from '../../../../test/support/orders-site.ts'

let site: OrdersSite
beforeAll(async () => {
  site = await openOrdersSite()
})
afterAll(() => site.close())

const as = 'stalking-advocate'

test('what happened to an order is recorded by those who work with orders, of this case', async () => {
  const { path } = await site.open()
  const other = await site.open()
  const foreign = `${other.base}/${path.split('/').at(-1)}/event`
  expect(await site.statuses([`${path}/event`, foreign])).toEqual([200, 404])
  for (const role of ['idva', 'manager'] as const)
    expect(await site.statuses([`${path}/event`], role), role).toEqual([404])
  expect((await site.post(`${path}/event`, {}, { as: 'idva' })).status).toBe(404)
})

test('an interim order is ended by the decision on the main application', async () => {
  const interim = { ...served, kind: 'interim-spo', endsHow: 'on', ...day('endsOn', '2026-08-01') }
  const { path } = await site.open(interim)
  const event = { event: 'determined', ...day('on', '2026-03-01'), seen: await site.seen(`${path}/event`) }
  const asks = await site.post(`${path}/event`, event, { as })
  expect(asks.text).toContain('Record that it was ended by the decision on the main application?')
  expect((await site.confirm(`${path}/event`, event, { as })).location).toBe(path)
  expect((await site.get(path, { as })).text).toContain('Ended on 1 March 2026')
  const full = await site.open()
  const wrong = await site.post(
    `${full.path}/event`,
    { ...event, seen: await site.seen(`${full.path}/event`) },
    { as },
  )
  expect(wrong.status).toBe(422)
  const early = {
    event: 'discharged',
    ...day('on', '2026-02-01'),
    seen: await site.seen(`${full.path}/event`),
  }
  expect((await site.post(`${full.path}/event`, early, { as })).text).toContain(
    'on or after the day it was made',
  )
})

test('an order is renewed and discharged, and what is missing or comes too early is said', async () => {
  const { caseId, path } = await site.open()
  const event = (fields: Record<string, string>) => async () =>
    site.post(`${path}/event`, { ...fields, seen: await site.seen(`${path}/event`) }, { as })
  expect((await event({})()).text).toContain('<a href="#event">Select what happened</a>')
  expect((await event({ event: 'renewed', ...day('on', '2026-03-01') })()).text).toContain(
    '<a href="#newEnd-day">',
  )
  const renewed = { event: 'renewed', ...day('on', '2026-03-01'), ...day('newEnd', '2026-04-20') }
  expect((await event(renewed)()).location).toBe(path)
  expect((await site.get(path, { as })).text).toContain('20 April 2026, in 49 days: think of renewal now')
  const discharged = { event: 'discharged', ...day('on', '2026-03-02') }
  expect((await event(discharged)()).text).toContain('Record that it was discharged?')
  expect((await site.get(path, { as })).text).not.toContain('Discharged')
  expect((await site.confirm(`${path}/event`, discharged, { as })).location).toBe(path)
  expect((await site.get(path, { as })).text).toContain('Discharged')
  expect(await verbsOf(site.world, caseId)).toEqual(
    expect.arrayContaining(['order-renewed', 'order-discharged']),
  )
})

test('when a colleague changed the order meanwhile, what happened is not kept over theirs, and the note stays', async () => {
  const { path } = await site.open()
  const before = await site.seen(`${path}/event`)
  await site.post(`${path}/correct`, { ...served, court: 'Mine', seen: before }, { as })
  const late = { event: 'varied', ...day('on', '2026-03-01'), note: 'A <b>new</b> zone', seen: before }
  const answer = await site.post(`${path}/event`, late, { as })
  expect(answer.status).toBe(409)
  expect(answer.text).toContain('A colleague changed this order while you were writing')
  expect(answer.text).toContain('A &lt;b&gt;new&lt;/b&gt; zone')
})
