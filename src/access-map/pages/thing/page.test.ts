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

test('what is known of a thing is read by those who may see the map', async () => {
  expect(
    await statusesOf(
      site,
      [`${site.base}/things/t1`, await site.outOfSight(`${site.base}/things/t1`)],
      'cyber-adviser',
    ),
  ).toEqual([200, 404])
  for (const role of ['police-liaison', 'call-handler', 'manager', 'administrator'] as const)
    expect(await statusesOf(site, [`${site.base}/things/t1`], role), role).toEqual([404])
  expect(await statusesOf(site, [`${site.base}/things/t1`], 'idva')).toEqual([200])
  expect((await site.post(`${site.base}/things/t1`, {}, { as: 'idva' })).status).toBe(404)
})

test('an adviser answers what is asked about a thing, and goes on to the next', async () => {
  const asked = await site.get(`${site.base}/things/t1`, as)
  expect(asked.text).toContain('Do they know the passcode')
  const answered = await site.post(
    `${site.base}/things/t1`,
    {
      label: '  Lena’s <b>phone</b> ',
      note: '',
      basis: 'told',
      seen: '9',
      'q-passcode': 'yes',
      'q-hands': 'yes',
    },
    as,
  )
  expect(answered.location).toBe(`${site.base}/things/t2?saved=3`)
  expect((await site.get(`${site.base}/things/t2?saved=3`, as)).text).toContain('Saved. The picture')
  expect((await site.get(`${site.base}/things/t2?saved=1`, as)).text).not.toContain('Saved.')
  const { text } = await site.get(site.base, as)
  expect(text).toContain('Lena’s &lt;b&gt;phone&lt;/b&gt;')
  expect(text).toContain('They reach it')
  expect(text).toContain('Phone 2')
})

test('statements on different bases that contradict each other are both shown and both kept', async () => {
  const form = { label: 'Phone', note: '', basis: 'seen', seen: '9', 'q-passcode': 'no' }
  expect((await site.post(`${site.base}/things/t1`, form, as)).status).toBe(303)
  const { text } = await site.get(`${site.base}/things/t1`, as)
  expect(text).toContain('So far: no (seen); yes (told). They disagree')
  expect((await site.get(site.base, as)).text).toContain('Statements disagree')
})

test('when two advisers change one thing the second one is told, and nothing of either is lost', async () => {
  const as = { as: 'stalking-advocate' } as const
  const late = await site.post(
    `${site.base}/things/t1`,
    { label: 'Late', note: 'Typed meanwhile', basis: 'told', seen: '1', 'q-hands': 'yes' },
    as,
  )
  expect(late.status).toBe(422)
  expect(late.text).toContain('Somebody else changed this while you were typing')
  expect(late.text).toContain('Typed meanwhile')
})

test('wrong and hostile answers get a clear word each, and what was typed stays', async () => {
  const bad = await site.post(
    `${site.base}/things/t1`,
    { label: '', note: 'kept', basis: 'heard', seen: '99', 'q-passcode': 'maybe' },
    as,
  )
  expect(bad.status).toBe(422)
  for (const words of [
    'Enter what the client calls it',
    'Select how this is known',
    'Select an answer from the list',
    'kept',
  ])
    expect(bad.text).toContain(words)
  expect((await site.get(`${site.base}/things/t99`, as)).status).toBe(404)
  expect((await site.get(`${site.base}/things/__proto__`, as)).status).toBe(404)
  expect((await site.post(`${site.base}/things/t99/gone`, { gone: 'yes' }, as)).status).toBe(404)
})

test('two answers to one question are refused with words, and neither is kept', async () => {
  const form = { label: 'Lena’s phone', note: '', basis: 'seen', seen: '99' }
  const before = (await site.get(`${site.base}/things/t1`, as)).text.match(/So far: [^<]*/g)
  const path = `${site.base}/things/t1`
  const two = await site.post(path, { ...form, 'q-watched': ['no', 'yes'] }, as)
  expect(two.status).toBe(422)
  expect(two.text).toContain('Two answers came to this question. Select one')
  for (const twice of [
    { basis: ['told', 'seen'] },
    { label: ['One', 'Other'] },
    { note: ['one', 'other'] },
  ]) {
    const refused = await site.post(path, { ...form, ...twice, 'q-watched': 'no' }, as)
    expect([refused.status, refused.text.includes('Two answers came to this. Give one')]).toEqual([422, true])
  }
  expect((await site.get(path, as)).text.match(/So far: [^<]*/g)).toEqual(before)
  // The same answer sent twice is one answer.
  expect((await site.post(path, { ...form, 'q-watched': ['unknown', 'unknown'] }, as)).status).toBe(303)
})

test('a thing is not called what another is called, and the word for paper may not tell', async () => {
  const form = { note: '', basis: 'seen', seen: '99' }
  const taken = await site.post(`${site.base}/things/t2`, { ...form, label: 'lena’s phone' }, as)
  expect([taken.status, taken.text.includes('Another thing on the map is called this')]).toEqual([422, true])
  const telling = { ...form, label: 'Phone 2', onPaper: 'his camera' }
  const refused = await site.post(`${site.base}/things/t2`, telling, as)
  expect([refused.status, refused.text.includes('Choose another word for paper')]).toEqual([422, true])
  expect(
    (await site.post(`${site.base}/things/t2`, { ...telling, onPaper: 'the blue one' }, as)).status,
  ).toBe(303)
  expect((await site.get(`${site.base}/things/t2`, as)).text).toContain('it is now “B (the blue one)”')
})

test('a thing that is gone leaves the list and comes back whole', async () => {
  await site.confirm(`${site.base}/things/t2/gone`, { gone: 'yes' }, as)
  expect((await site.get(site.base, as)).text).toContain('No longer theirs')
  await site.confirm(`${site.base}/things/t2/gone`, { gone: 'no' }, as)
  expect((await site.get(site.base, as)).text).not.toContain('No longer theirs')
})

test('S1 a device the client no longer has stays named when something else is saved, and nothing ticked is no “none”', async () => {
  const account = (await site.post(site.base, { entries: 'mailbox' }, as)).location ?? ''
  const said = { label: 'Mail', note: '', basis: 'told', seen: '99', 'q-devices-asked': 'yes' }
  expect((await site.post(account, { ...said, 'q-devices': 't2' }, as)).status).toBe(303)
  await site.confirm(`${site.base}/things/t2/gone`, { gone: 'yes' }, as)
  const { text } = await site.get(account, as)
  expect(text).toContain('(no longer theirs)')
  expect(text).toMatch(/value="t2"[^>]*checked/)
  const [other] = account.match(/t[0-9]+$/) ?? ['']
  for (const ticked of [[], ['t99'], [other], ['t1', 't99']])
    expect((await site.post(account, { ...said, 'q-devices': ticked }, as)).status, ticked.join()).toBe(422)
  expect((await site.get(account, as)).text).not.toContain('none (told)')
  expect((await site.post(account, { ...said, 'q-devices': 'none' }, as)).status).toBe(303)
  expect((await site.get(account, as)).text).toContain('none (told)')
})
