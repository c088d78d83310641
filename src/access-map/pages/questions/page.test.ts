import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MapSite, openMapSite } from '../../../../test/support/map-site.ts'
import { statusesOf } from '../../../../test/support/test-site.ts'

let site: MapSite
beforeAll(async () => {
  site = await openMapSite()
  await site.addPhones()
})
afterAll(() => site.close())

const as = { as: 'cyber-adviser' } as const

test('the questions of all things are answered by those who work on the map', async () => {
  expect(
    await statusesOf(
      site,
      [`${site.base}/questions`, await site.outOfSight(`${site.base}/questions`)],
      'cyber-adviser',
    ),
  ).toEqual([200, 404])
  for (const role of ['police-liaison', 'call-handler', 'manager', 'administrator'] as const)
    expect(await statusesOf(site, [`${site.base}/questions`], role), role).toEqual([404])
  expect(await statusesOf(site, [`${site.base}/questions`], 'idva')).toEqual([404])
  expect((await site.post(`${site.base}/questions`, {}, { as: 'idva' })).status).toBe(404)
})

test('what is asked of each thing stands on one screen', async () => {
  expect((await site.get(`${site.base}/questions`, as)).text).toContain('name="t2-q-passcode"')
})

test('the questions of all things are answered on one screen, and nothing that two advisers typed is lost', async () => {
  const path = `${site.base}/questions`
  expect((await site.get(path, { as: 'idva' })).status).toBe(404)
  expect((await site.post(path, { basis: 'told', 't2-q-hands': 'no' }, { as: 'idva' })).status).toBe(404)
  expect((await site.post(path, { basis: 'told', seen: '99' }, as)).text).toContain(
    'Select an answer to at least one question',
  )
  const bad = await site.post(
    path,
    { basis: '', seen: '99', 't2-q-hands': 'maybe', 't1-q-watched': 'no' },
    as,
  )
  expect(bad.status).toBe(422)
  for (const words of ['Select how this is known', 'Select an answer from the list'])
    expect(bad.text).toContain(words)
  const two = { basis: 'told', seen: '99', 't2-q-hands': ['yes', 'no'], 't1-q-watched': 'no' }
  const refused = await site.post(path, two, as)
  expect([refused.status, refused.text.includes('Two answers came to this question')]).toEqual([422, true])
  expect((await site.get(path, as)).text).toContain('name="t1-q-watched"')
  expect((await site.post(path, { basis: 'told', seen: '1', 't1-q-watched': 'no' }, as)).text).toContain(
    'Somebody else changed one of these things',
  )
  const form = {
    basis: 'told',
    seen: '99',
    't1-q-watched': 'no',
    't2-q-passcode': 'probably',
    't9-q-x': 'yes',
  }
  const location = (await site.post(path, form, as)).location ?? ''
  expect(location).toMatch(/\/map\?saved=\d+$/)
  const { text } = await site.get(location, as)
  expect(text).toContain('Saved. The picture')
  expect(text).toContain('Ask next')
  expect(text).toContain(`${site.base}/things/t2#q-watched`)
})
