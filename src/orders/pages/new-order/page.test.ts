import { afterAll, beforeAll, expect, test } from 'vitest'
import { verbsOf } from '../../../../test/support/acts-of-case.ts'
import { day } from '../../../../test/support/date-fields.ts'
import { type OrdersSite, openOrdersSite, served } from '../../../../test/support/orders-site.ts'
import { openTestCase } from '../../../../test/support/test-case.ts'

let site: OrdersSite
beforeAll(async () => {
  site = await openOrdersSite()
})
afterAll(() => site.close())

const as = 'stalking-advocate'

test('an order is recorded and corrected by those who work with orders, in a case in their sight', async () => {
  const { base, path } = await site.open()
  const closed = `/cases/${await openTestCase(site.world, { agencies: ['lead'] })}/orders`
  const foreign = `/cases/${await openTestCase(site.world)}/orders/${path.split('/').at(-1)}/correct`
  expect(await site.statuses([`${base}/new`, `${path}/correct`, `${closed}/new`, foreign])).toEqual([
    200, 200, 404, 404,
  ])
  for (const role of ['idva', 'manager'] as const)
    expect(await site.statuses([`${base}/new`, `${path}/correct`], role), role).toEqual([404, 404])
  expect((await site.post(`${base}/new`, served, { as: 'idva' })).status).toBe(404)
  expect((await site.post(`${path}/correct`, served, { as: 'idva' })).status).toBe(404)
})

test('an order that was recorded is there with what the court wrote as text, and it is in the trail', async () => {
  const { caseId, path } = await site.open()
  const page = (await site.get(path, { as: 'police-liaison' })).text
  expect(page).toContain('Fiction Magistrates &lt;b&gt;Court&lt;/b&gt;')
  expect(page).toContain('12 February 2026')
  expect((await site.get(`${path}/correct`, { as })).text).toContain(
    'value="Fiction Magistrates &lt;b&gt;Court',
  )
  expect(await verbsOf(site.world, caseId)).toEqual(expect.arrayContaining(['order-recorded']))
})

test('an order without an end is asked how long it lasts, and keeps what was typed', async () => {
  const base = `/cases/${await openTestCase(site.world)}/orders`
  const { endsHow: _, ...endless } = served
  const sent = await site.post(`${base}/new`, endless, { as })
  expect(sent.status).toBe(422)
  expect(sent.text).toContain('<a href="#endsHow">Select how long it lasts: the order says so</a>')
  expect(sent.text).toContain('Fiction Magistrates &lt;b&gt;Court')
  // The questions depend on the kind, so the kind comes first.
  const kinds = await site.get(`${base}/new`, { as })
  expect(kinds.text).toContain(`${base}/new?kind=bail`)
  const bail = await site.get(`${base}/new?kind=bail`, { as })
  expect(bail.text).toContain('Were the conditions given to them in writing?')
  expect(bail.text).not.toContain('take the place of an interim order')
  const interim = await site.get(`${base}/new?kind=interim-spo`, { as })
  expect(interim.text).not.toContain('value="until-further-order"')
  expect(interim.text).toContain('Sexual Offences Act 2003')
  const empty = await site.post(`${base}/new`, { kind: 'spo' }, { as })
  expect(empty.text).toContain('<a href="#made">Select whether it has been made')
  const twice = await site.post(`${base}/new`, { ...served, service: ['served', 'not-yet'] }, { as })
  expect(twice.status).toBe(422)
  expect(twice.text).toContain('<a href="#service">Two answers came for this: select one</a>')
  const both = await site.post(`${base}/new`, { ...served, service: 'not-yet', servedTime: '' }, { as })
  expect(both.text).toContain('There is a date here, and “Not yet” is selected: keep one of the two')
  expect((await site.get(base, { as })).text).toContain('There are no orders in this case yet')
})

test('an order served before it was made, or in the future, is refused beside its field', async () => {
  const base = `/cases/${await openTestCase(site.world)}/orders`
  const early = await site.post(`${base}/new`, { ...served, ...day('servedOn', '2026-02-09') }, { as })
  expect(early.text).toContain(
    '<a href="#servedOn-day">The date it was served must be on or after the day it was made',
  )
  const late = await site.post(
    `${base}/new`,
    { ...served, servedTime: '4pm', ...day('servedOn', '2026-03-02') },
    { as },
  )
  expect(late.text).toContain(
    '<a href="#servedOn-day">The date and time it was served must be in the past</a>',
  )
  const unclear = await site.post(`${base}/new`, { ...served, servedTime: '4' }, { as })
  expect(unclear.text).toContain('<a href="#servedTime">Time must include minutes or am or pm')
})

test('when two people correct an order at once the second one is told, and what they wrote stays', async () => {
  const { path } = await site.open()
  const before = await site.seen(`${path}/correct`)
  const form = (court: string) => ({ ...served, court, seen: before })
  expect((await site.post(`${path}/correct`, form('Mine'), { as })).location).toBe(path)
  const second = await site.post(`${path}/correct`, form('Theirs'), { as: 'police-liaison' })
  expect(second.status).toBe(409)
  expect(second.text).toContain('A colleague changed this order while you were writing')
  expect(second.text).toContain('value="Theirs"')
})
