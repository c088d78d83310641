import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MapSite, openMapSite } from '../../../../test/support/map-site.ts'
import { asOwner } from '../../../../test/support/test-clinic.ts'

let site: MapSite
beforeAll(async () => {
  site = await openMapSite()
  await site.add(['phone', 'car', 'shared-calendar'])
})
afterAll(() => site.close())

const adviser = { as: 'cyber-adviser' } as const
const advocate = { as: 'stalking-advocate' } as const
const base = () => `${site.base}/leaks`
const once = (name: string) => name.padEnd(22, 'x').slice(0, 22)
const day = {
  knew: 'yes',
  what: 'He waited at the <b>heron</b> pond',
  'on-day': '1',
  'on-month': '2',
  'on-year': '2026',
  roughly: 'evening',
  kind: 'location',
  situations: ['car', 'phone'],
  guess: 'hardly',
}
const isTicked = (text: string, dayId: string, thing: string): boolean =>
  new RegExp(`<input(?=[^>]*name="${dayId}")(?=[^>]*value="${thing}")[^>]*checked`).test(text)

test('somebody who may not see the map finds no page, and a role that may only look changes nothing', async () => {
  for (const path of ['', '/history/1']) {
    expect((await site.get(`${base()}${path}`)).location).toContain('/sign-in')
    for (const role of ['police-liaison', 'call-handler', 'manager', 'administrator'] as const)
      expect((await site.get(`${base()}${path}`, { as: role })).status, `${role} ${path}`).toBe(404)
  }
  for (const path of ['', '/ticks', '/tests'])
    for (const role of ['coordinator', 'idva', 'police-liaison'] as const)
      expect((await site.post(`${base()}${path}`, day, { as: role })).status, `${role} ${path}`).toBe(404)
  const read = await site.get(base(), { as: 'idva' })
  expect(read.status).toBe(200)
  expect(read.text).not.toContain('Enter this day')
})

test('everything wrong with a day is said at once, and what was typed stays', async () => {
  const bad = await site.post(
    base(),
    {
      what: '',
      roughly: 'kept',
      kind: 'rumour',
      situations: ['moon'],
      'on-day': '31',
      'on-month': '2',
      'on-year': '2026',
    },
    adviser,
  )
  expect(bad.status).toBe(422)
  for (const words of [
    'Select whether the suspected person knew, or it was an uneventful day',
    'Enter what they knew, or what they did not know',
    'Select what kind of thing it was',
    'Select from the list',
    'Select whether it could have been guessed',
    'The date must be a real date',
    'value="kept"',
  ])
    expect(bad.text).toContain(words)
  const ahead = await site.post(base(), { ...day, 'on-year': '2099' }, adviser)
  expect(ahead.text).toContain('The date must be today or in the past')
  const slip = await site.post(base(), { ...day, 'on-year': '1926' }, adviser)
  expect(slip.text).toContain('The date must be in the year 2000 or later')
})

test('a day is entered once however often it is sent, and the map proposes what carried it', async () => {
  const form = { ...day, _once: once('first') }
  expect((await site.post(base(), form, adviser)).location).toBe(base())
  expect((await site.post(base(), form, adviser)).location).toBe(base())
  const { text } = await site.get(base(), adviser)
  expect(text).toContain('He waited at the &lt;b&gt;heron&lt;/b&gt; pond')
  expect(text).toContain('1 day on which they knew, 0 uneventful days')
  expect(text).toContain('Proposed by the map, not checked')
  expect([isTicked(text, 'd1', 't1'), isTicked(text, 'd1', 't2'), isTicked(text, 'd1', 't3')]).toEqual([
    true,
    true,
    false,
  ])
  const again = await site.post(base(), day, adviser)
  expect(again.text).toContain('This day is in the list already')
  const against = await site.post(base(), { ...day, knew: 'no' }, adviser)
  expect(against.text).toContain('The list says the opposite about this very thing')
  const unnoticed = { ...day, knew: 'no', what: 'By bus', situations: ['phone'], 'on-day': '9' }
  expect((await site.post(base(), unnoticed, adviser)).status).toBe(303)
})

test('ticks are corrected in the table; the second of two people is told; after the ranking it shows for good', async () => {
  await site.get(`${base()}/answer`, adviser)
  await site.post(`${base()}/answer`, {}, adviser)
  const ticks = {
    seen: '3',
    thing: ['t1', 't2', 't3'],
    day: ['d1', 'd2'],
    d1: ['t2', 't3', 't99'],
    d2: ['t1'],
  }
  expect((await site.post(`${base()}/ticks`, ticks, adviser)).location).toBe(`${base()}#days`)
  const { text } = await site.get(base(), adviser)
  expect([isTicked(text, 'd1', 't1'), isTicked(text, 'd1', 't3')]).toEqual([false, true])
  expect(text).toContain('Ticks changed after a ranking was shown')
  const late = await site.post(`${base()}/ticks`, { ...ticks, d1: ['t1'] }, advocate)
  expect(late.status).toBe(422)
  expect(late.text).toContain('Somebody else changed one of these days while you were ticking')
  expect(isTicked(late.text, 'd1', 't1')).toBe(true)
  const none = await site.post(`${base()}/ticks`, { ...ticks, day: ['d7', '__proto__'] }, adviser)
  expect(none.text).toContain('One of these days is no longer in the list')
})

test('the days of any revision can be shown again as what they are', async () => {
  const first = await site.get(`${base()}/history/1`, { as: 'idva' })
  expect(first.text).toContain('They are not the days of today')
  expect(first.text).toContain('He waited at the')
  for (const lost of ['/history/0', '/history/99'])
    expect((await site.get(`${base()}${lost}`, adviser)).status, lost).toBe(404)
})

test('S8 nothing of the days lies readable in the database, and nothing of them can be changed or removed', async () => {
  const rows = await asOwner(site.world.ownerUrl, client =>
    client.query('select leak_log::text as row from unwatched.leak_log'),
  )
  expect(rows.rows.length).toBeGreaterThan(3)
  for (const { row } of rows.rows) expect(row).not.toMatch(/heron|pond|location|hardly/)
  for (const act of ['delete from unwatched.leak_log', "update unwatched.leak_log set change = 'days-lost'"])
    await expect(asOwner(site.world.ownerUrl, client => client.query(act))).rejects.toThrow(/append-only/)
})
