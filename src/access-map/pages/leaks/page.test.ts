import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { asOwner, openTestClinic, type TestClinic } from '../../../../test/support/test-clinic.ts'
import { openTestSite, type TestSite } from '../../../../test/support/test-site.ts'
import type { CaseId } from '../../../foundation/ids.ts'
import { leakMeaning } from '../../leaks/leak-meaning.ts'

let world: TestClinic
let site: TestSite
let caseId: CaseId
beforeAll(async () => {
  world = await openTestClinic()
  site = await openTestSite(world)
  caseId = await openTestCase(world, { agencies: ['lead', 'cyber', 'stalking', 'police'] })
  await site.post(`/cases/${caseId}/map`, { entries: ['phone', 'car', 'shared-calendar'] }, adviser)
})
afterAll(async () => {
  await site.close()
  await world.close()
})

const adviser = { as: 'cyber-adviser' } as const
const advocate = { as: 'stalking-advocate' } as const
const base = () => `/cases/${caseId}/map/leaks`
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
  for (const path of ['', '/answer', '/days/d1', '/history/1']) {
    expect((await site.get(`${base()}${path}`)).location).toContain('/sign-in')
    for (const role of ['police-liaison', 'call-handler', 'manager', 'administrator'] as const)
      expect((await site.get(`${base()}${path}`, { as: role })).status, `${role} ${path}`).toBe(404)
  }
  for (const path of ['', '/ticks', '/answer', '/tests', '/days/d1', '/days/d1/carriers', '/days/d1/gone'])
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

test('the person who records days sees the ranking only after asking for it, and it says what it is not', async () => {
  expect((await site.get(`${base()}/answer`, adviser)).location).toBe(`${base()}#days`)
  expect((await site.get(`${base()}/answer`, { as: 'idva' })).text).toContain(leakMeaning)
  expect((await site.post(`${base()}/answer`, {}, adviser)).location).toBe(`${base()}/answer`)
  const { text, status } = await site.get(`${base()}/answer`, adviser)
  expect(status).toBe(200)
  for (const words of [
    leakMeaning,
    'These are few days',
    'nobody has checked it',
    'Something nobody has thought of',
    'alone carried everything they knew',
    'Ask the maker of Car with an app',
    'Drive somewhere nobody expects, and leave the phone at home',
    'Without the phone the client cannot call for help',
  ])
    expect(text).toContain(words)
  expect(text.indexOf('Car with an app')).toBeLessThan(text.indexOf('Phone</bdi>'))
})

test('ticks are corrected in the table; the second of two people is told; after the ranking it shows for good', async () => {
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

test('a day is corrected, taken away and put back, and every revision can be shown again', async () => {
  const path = `${base()}/days/d1`
  expect((await site.get(path, adviser)).text).toContain('By the map, it did.')
  expect((await site.post(path, { ...day, seen: '99', what: '' }, adviser)).status).toBe(422)
  expect((await site.post(path, { ...day, seen: '99', what: 'He stood at the pond' }, adviser)).status).toBe(
    303,
  )
  const stale = await site.post(path, { ...day, seen: '2', what: 'He ran' }, advocate)
  expect(stale.text).toContain('Somebody else changed this day while you were typing')
  expect(stale.text).toContain('He ran')
  expect((await site.post(`${path}/carriers`, { seen: '99', carriers: ['t1', 't3'] }, adviser)).status).toBe(
    303,
  )
  await site.confirm(`${path}/gone`, { gone: 'yes' }, adviser)
  expect((await site.get(base(), adviser)).text).toContain('Taken away')
  await site.confirm(`${path}/gone`, { gone: 'no' }, adviser)
  expect((await site.get(base(), adviser)).text).not.toContain('Taken away')
  const first = await site.get(`${base()}/history/1`, { as: 'idva' })
  expect(first.text).toContain('They are not the days of today')
  expect(first.text).toContain('He waited at the')
  for (const lost of ['/history/0', '/history/99', '/days/d99', '/days/__proto__'])
    expect((await site.get(`${base()}${lost}`, adviser)).status, lost).toBe(404)
  expect((await site.post(`${base()}/days/d99/gone`, { gone: 'yes' }, adviser)).status).toBe(404)
})

test('a decoy is not to be spoken of before an adviser agreed, any method can be ruled out, and what a check showed counts', async () => {
  await site.post(`${base()}/answer`, {}, adviser)
  const before = await site.get(`${base()}/answer`, adviser)
  expect(before.text).toContain('Not agreed to')
  expect(before.text).toContain('Name no real place and no real person')
  await site.post(`${base()}/tests`, { test: 'bait:t3', ruling: 'agreed' }, adviser)
  const agreed = await site.get(`${base()}/answer`, adviser)
  expect(agreed.text).toContain('Agreed to</strong>')
  expect(agreed.text).toContain('Decoys that an adviser agreed to')
  await site.post(`${base()}/tests`, { test: 'look:t1', ruling: 'ruled-out' }, advocate)
  const out = await site.get(`${base()}/answer`, adviser)
  expect(out.text.indexOf('Ruled out</h2>')).toBeLessThan(out.text.lastIndexOf('look at the settings of'))
  await site.post(`${base()}/tests`, { test: 'look:t3', ruling: 'showed' }, adviser)
  const checked = await site.get(`${base()}/answer`, adviser)
  expect(checked.text).toContain('Looked at: they use it')
  expect(checked.text).toContain('Looked at, and counted in')
  for (const wrong of [
    { test: 'look:t2', ruling: 'perhaps' },
    { test: 'day:car', ruling: 'showed' },
    { test: '<b>', ruling: 'agreed' },
  ])
    expect((await site.post(`${base()}/tests`, wrong, adviser)).status).toBe(404)
})

test('S8 nothing of the days lies readable in the database, and nothing of them can be changed or removed', async () => {
  const rows = await asOwner(world.ownerUrl, client =>
    client.query('select leak_log::text as row from unwatched.leak_log'),
  )
  expect(rows.rows.length).toBeGreaterThan(8)
  for (const { row } of rows.rows) expect(row).not.toMatch(/heron|pond|location|hardly/)
  for (const act of ['delete from unwatched.leak_log', "update unwatched.leak_log set change = 'days-lost'"])
    await expect(asOwner(world.ownerUrl, client => client.query(act))).rejects.toThrow(/append-only/)
})
