import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MapSite, openMapSite } from '../../../../test/support/map-site.ts'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { asOwner } from '../../../../test/support/test-clinic.ts'
import type { SiteAnswer } from '../../../../test/support/test-site.ts'
import { checkMeaning } from '../../device-check/check-meaning.ts'

let site: MapSite
beforeAll(async () => {
  site = await openMapSite()
  await site.add(['phone', 'apple-account'])
})
afterAll(() => site.close())

const as = { as: 'cyber-adviser' } as const

const things = () => `/cases/${site.caseId}/map/things`
const phone = () => `${things()}/t1/check`
const account = () => `${things()}/t2/check`
const day = { 'day-day': '1', 'day-month': '3', 'day-year': '2026' }
const listDay = { 'list-day-day': '1', 'list-day-month': '3', 'list-day-year': '2026' }
const words = {
  looked: ['apps', 'profiles'],
  way: 'in-hand',
  'looked-by': 'Robin Fairweather',
  ...day,
  outcome: 'nothing',
  words: '',
}
const devices = {
  'list-kind': 'devices',
  'list-way': 'account-page',
  'list-by': 'Robin Fairweather',
  ...listDay,
}
const follow = async (answer: SiteAnswer) => {
  expect(answer.status, answer.text.slice(0, 200)).toBe(303)
  return site.get(answer.location ?? '', as)
}

test('a check is read by those who may see the map and changed by those who work on it, of its own thing and case', async () => {
  const result = (await site.post(phone(), words, as)).location ?? ''
  for (const role of ['police-liaison', 'call-handler', 'manager', 'administrator'] as const)
    expect((await site.get(result, { as: role })).status, role).toBe(404)
  expect((await site.get(result, { as: 'idva' })).text).toContain('Robin Fairweather')
  for (const path of [result, `${result}/devices`, `${result}/map`])
    expect((await site.post(path, words, { as: 'idva' })).status, path).toBe(404)
  // A check of one thing is not found under another thing, nor in another case.
  const checkId = result.split('/').at(-1)
  expect((await site.get(`${account()}/${checkId}`, as)).status).toBe(404)
  const other = await openTestCase(site.world)
  expect((await site.get(result.replace(site.caseId, other), as)).status).toBe(404)
})

test('a check is corrected as a new revision; the earlier one stays, and when two people change it the second one is told', async () => {
  const made = await site.post(phone(), { ...words, outcome: 'found', words: 'First words' }, as)
  const path = made.location ?? ''
  const { text } = await follow(
    await site.post(path, { ...words, outcome: 'found', words: 'Second words', seen: '1' }, as),
  )
  expect(text).toContain('Second words')
  expect(text).toContain('Earlier states of this check')
  expect(text).toContain('First words')
  const late = await site.post(
    path,
    { ...words, words: 'Third words', seen: '1' },
    { as: 'stalking-advocate' },
  )
  expect(late.status).toBe(422)
  expect(late.text).toContain('Somebody else changed this check meanwhile')
  expect(late.text).toContain('Third words')
  expect((await site.post(path, { ...words, looked: [], seen: '2' }, as)).text).toContain(
    'Select what was looked at',
  )
})

test('a device that the client does not know goes on the map by a click, once, on the basis of what was seen', async () => {
  const pasted = 'Lena’s iPhone\niPhone 13\nJames’s <MacBook>\nMacBook Air\nLast seen yesterday\n'
  const made = await site.post(`${account()}/list`, { ...devices, 'list-text': pasted }, as)
  const path = made.location ?? ''
  const { text } = await site.get(path, as)
  expect(text).toContain(checkMeaning.deviceList)
  expect(text).toContain('James’s &lt;MacBook&gt;')
  expect(text).not.toContain('Put it on the map')
  // Nobody has said that it is not known: there is nothing to put on the map yet.
  expect((await site.post(`${path}/map`, { at: '1' }, as)).status).toBe(404)
  const answered = await follow(
    await site.post(
      `${path}/devices`,
      { seen: '1', 'device-0': 'known', 'device-1': 'not-known', 'device-9': 'known' },
      as,
    ),
  )
  expect(answered.text).toContain('Put it on the map')
  expect(answered.text).toContain(checkMeaning.beforeRemoving)
  expect((await site.get(account(), as)).text).toContain('Something found')
  expect((await site.post(`${path}/devices`, { seen: '1', 'device-0': 'not-known' }, as)).status).toBe(422)
  for (const at of ['0', '7', '-1', 'x', ''])
    expect((await site.post(`${path}/map`, { at }, as)).status).toBe(404)
  const onMap = await follow(await site.post(`${path}/map`, { at: '1' }, as))
  expect(onMap.text).toContain('It is on the map')
  await site.post(`${path}/map`, { at: '1' }, as)
  const asked = await site.get(`${things()}/t2`, as)
  expect(asked.text).toContain('So far: probably (seen).')
  const history = await site.get(`/cases/${site.caseId}/map/history`, as)
  expect(history.text.match(/Answered questions about a thing/g)).toHaveLength(1)
  // A phone is not asked who is signed in to it, so a device on its list stays a finding.
  const onPhone = await site.post(`${phone()}/list`, { ...devices, 'list-text': 'Some laptop' }, as)
  await site.post(`${onPhone.location}/devices`, { seen: '1', 'device-0': 'not-known' }, as)
  expect((await site.get(onPhone.location ?? '', as)).text).not.toContain('Put it on the map')
  expect((await site.post(`${onPhone.location}/map`, { at: '0' }, as)).status).toBe(404)
})

test('S8 nothing of what a check came to lies readable in the database', async () => {
  const { rows } = await asOwner(site.world.ownerUrl, client =>
    client.query('select device_check::text as row from unwatched.device_check'),
  )
  expect(rows.length).toBeGreaterThan(4)
  for (const { row } of rows) expect(row).not.toMatch(/MacBook|Fairweather|Second words/)
})
