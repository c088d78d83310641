import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MapSite, openMapSite } from '../../../../test/support/map-site.ts'
import { statusesOf } from '../../../../test/support/test-site.ts'

let site: MapSite
beforeAll(async () => {
  site = await openMapSite()
  await site.add(['phone', 'car', 'shared-calendar'])
  await site.post(`${site.base}/leaks`, day, as)
  const unnoticed = { ...day, knew: 'no', what: 'By bus', situations: ['phone'], 'on-day': '9' }
  await site.post(`${site.base}/leaks`, unnoticed, as)
})
afterAll(() => site.close())

const as = { as: 'cyber-adviser' } as const

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

test('a day is corrected by those who work on the map, in its own case', async () => {
  const path = `${site.base}/leaks/days/d1`
  expect(await statusesOf(site, [path, await site.outOfSight(path)], 'cyber-adviser')).toEqual([200, 404])
  for (const role of ['police-liaison', 'call-handler', 'manager', 'idva', 'coordinator'] as const) {
    expect(await statusesOf(site, [path], role), role).toEqual([404])
    for (const tail of ['', '/carriers', '/gone'])
      expect((await site.post(`${path}${tail}`, day, { as: role })).status, `${role} ${tail}`).toBe(404)
  }
})

test('a day is corrected, taken away and put back', async () => {
  const path = `${site.base}/leaks/days/d1`
  expect((await site.get(path, as)).text).toContain('By the map, it did.')
  expect((await site.post(path, { ...day, seen: '99', what: '' }, as)).status).toBe(422)
  expect((await site.post(path, { ...day, seen: '99', what: 'He stood at the pond' }, as)).status).toBe(303)
  const stale = await site.post(path, { ...day, seen: '2', what: 'He ran' }, { as: 'stalking-advocate' })
  expect(stale.text).toContain('Somebody else changed this day while you were typing')
  expect(stale.text).toContain('He ran')
  expect((await site.post(`${path}/carriers`, { seen: '99', carriers: ['t1', 't3'] }, as)).status).toBe(303)
  await site.confirm(`${path}/gone`, { gone: 'yes' }, as)
  expect((await site.get(`${site.base}/leaks`, as)).text).toContain('Taken away')
  await site.confirm(`${path}/gone`, { gone: 'no' }, as)
  expect((await site.get(`${site.base}/leaks`, as)).text).not.toContain('Taken away')
  for (const lost of ['/days/d99', '/days/__proto__'])
    expect((await site.get(`${site.base}/leaks${lost}`, as)).status, lost).toBe(404)
  expect((await site.post(`${site.base}/leaks/days/d99/gone`, { gone: 'yes' }, as)).status).toBe(404)
})

test('a message asks in which app and on which device it was read, and its ticks follow', async () => {
  await site.add(['messaging', 'mailbox'])
  const page = await site.get(`${site.base}/leaks`, as)
  expect(page.text).toContain('If a message or a call: where was it written, read or taken?')
  const message = { ...day, what: 'What she wrote to her sister', kind: 'message', situations: [] }
  const bad = await site.post(`${site.base}/leaks`, { ...message, 'read-at': ['t1', 't99@t1'] }, as)
  expect(bad.status).toBe(422)
  expect(bad.text).toContain('Select from the list')
  expect((await site.post(`${site.base}/leaks`, { ...message, 'read-at': ['t4'] }, as)).status).toBe(303)
  const { text } = await site.get(`${site.base}/leaks/days/d3`, as)
  const isChecked = (name: string, value: string) =>
    new RegExp(`<input(?=[^>]*name="${name}")(?=[^>]*value="${value}")[^>]*checked`).test(text)
  expect([isChecked('read-at', 't4'), isChecked('read-at', 't5')]).toEqual([true, false])
  expect([isChecked('carriers', 't4'), isChecked('carriers', 't5')]).toEqual([true, false])
  // Of anything else than a message it is not kept.
  const seen = { ...message, kind: 'location', seen: '99', 'read-at': ['t4'] }
  expect((await site.post(`${site.base}/leaks/days/d3`, seen, as)).status).toBe(303)
  const other = await site.get(`${site.base}/leaks/days/d3`, as)
  expect(other.text).not.toMatch(/<input(?=[^>]*name="read-at")[^>]*checked/)
})
