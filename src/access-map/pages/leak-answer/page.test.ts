import { afterAll, beforeAll, expect, test } from 'vitest'
import { verbsOf } from '../../../../test/support/acts-of-case.ts'
import { type MapSite, openMapSite } from '../../../../test/support/map-site.ts'
import { statusesOf } from '../../../../test/support/test-site.ts'
import { leakMeaning } from '../../leaks/leak-meaning.ts'

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

test('the person who records days sees the ranking only after asking for it, and it says what it is not', async () => {
  expect((await site.get(`${site.base}/leaks/answer`, as)).location).toBe(`${site.base}/leaks#days`)
  expect((await site.get(`${site.base}/leaks/answer`, { as: 'idva' })).text).toContain(leakMeaning)
  expect((await site.post(`${site.base}/leaks/answer`, {}, as)).location).toBe(`${site.base}/leaks/answer`)
  const { text, status } = await site.get(`${site.base}/leaks/answer`, as)
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

test('a ranking is asked for and ruled on by those who work on the map, in a case in their sight', async () => {
  const path = `${site.base}/leaks/answer`
  expect(await statusesOf(site, [await site.outOfSight(path)], 'cyber-adviser')).toEqual([404])
  for (const role of ['police-liaison', 'call-handler', 'manager', 'administrator'] as const)
    expect(await statusesOf(site, [path], role), role).toEqual([404])
  for (const to of [path, `${site.base}/leaks/tests`])
    expect((await site.post(to, { test: 'bait:t3', ruling: 'agreed' }, { as: 'idva' })).status, to).toBe(404)
})

test('S14 a ranking that one mistake would turn says that it is not settled, and what to ask first', async () => {
  const { text } = await site.get(`${site.base}/leaks/answer`, as)
  expect(text).toContain('Not settled.')
  expect(text).toContain('Ask about this first: did <bdi>Car with an app</bdi> carry it on')
  expect(text).toContain(`${site.base}/leaks/days/d1`)
  expect(text).toContain('Then find out more: <bdi>')
  expect(text).toContain('Where to do it')
  expect(text).toContain('Take it that the suspected person is told')
  // Who may only look is asked the same, without the page on which a day is corrected.
  const read = await site.get(`${site.base}/leaks/answer`, { as: 'idva' })
  expect(read.text).toContain('Ask about this first')
  expect(read.text).not.toContain(`${site.base}/leaks/days/d1`)
  // No figure stands beside a source that is not settled, and no weight beside an explanation.
  const [answer = ''] = text.split('What the ranking assumes')
  expect(answer).not.toMatch(/about [0-9]+ in 100/)
  expect(answer).not.toContain('Weight ')
})

test('a decoy is not to be spoken of before an adviser agreed, any method can be ruled out, and what a check showed counts', async () => {
  const carried = { seen: '99', carriers: ['t1', 't3'] }
  await site.post(`${site.base}/leaks/days/d1/carriers`, carried, as)
  await site.post(`${site.base}/leaks/days/d2/carriers`, { seen: '99', carriers: ['t1'] }, as)
  await site.post(`${site.base}/leaks/answer`, {}, as)
  const before = await site.get(`${site.base}/leaks/answer`, as)
  expect(before.text).toContain('Not agreed to')
  expect(before.text).toContain('Name no real place and no real person')
  await site.post(`${site.base}/leaks/tests`, { test: 'bait:t3', ruling: 'agreed' }, as)
  const agreed = await site.get(`${site.base}/leaks/answer`, as)
  expect(agreed.text).toContain('Agreed to</strong>')
  expect(agreed.text).toContain('Decoys that an adviser agreed to')
  await site.post(
    `${site.base}/leaks/tests`,
    { test: 'look:t1', ruling: 'ruled-out' },
    { as: 'stalking-advocate' },
  )
  const out = await site.get(`${site.base}/leaks/answer`, as)
  expect(out.text.indexOf('Ruled out</h2>')).toBeLessThan(out.text.lastIndexOf('look at the settings of'))
  await site.post(`${site.base}/leaks/tests`, { test: 'look:t3', ruling: 'showed' }, as)
  const checked = await site.get(`${site.base}/leaks/answer`, as)
  expect(checked.text).toContain('Looked at: they use it')
  expect(checked.text).toContain('Looked at, and counted in')
  for (const wrong of [
    { test: 'look:t2', ruling: 'perhaps' },
    { test: 'day:car', ruling: 'showed' },
    { test: '<b>', ruling: 'agreed' },
  ])
    expect((await site.post(`${site.base}/leaks/tests`, wrong, as)).status).toBe(404)
  expect(await verbsOf(site.world, site.caseId)).toContain('leaks-changed')
})
