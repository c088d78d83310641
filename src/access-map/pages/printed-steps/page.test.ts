import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MapSite, openMapSite } from '../../../../test/support/map-site.ts'
import { statusesOf } from '../../../../test/support/test-site.ts'

let site: MapSite
beforeAll(async () => {
  site = await openMapSite()
  await site.play()
})
afterAll(() => site.close())

const as = { as: 'cyber-adviser' } as const

test('before a plan is chosen the sheet has nothing on it', async () => {
  expect((await site.get(`${site.lockOut}/print`, as)).text).toContain('Nothing yet.')
  await site.choosePlan()
})

test('the steps on paper are made by those who may see the map', async () => {
  expect(
    await statusesOf(
      site,
      [`${site.base}/lock-out/print`, await site.outOfSight(`${site.base}/lock-out/print`)],
      'cyber-adviser',
    ),
  ).toEqual([200, 404])
  for (const role of ['police-liaison', 'call-handler', 'manager', 'administrator'] as const)
    expect(await statusesOf(site, [`${site.base}/lock-out/print`], role), role).toEqual([404])
  expect(await statusesOf(site, [`${site.base}/lock-out/print`], 'idva')).toEqual([200])
})

test('S2 the steps on paper say what to do and what waits, and neither the hour nor what it is about', async () => {
  const hour = { mode: 'quiet', 'hour-day': '2', 'hour-month': '3', 'hour-year': '2026', time: '10:10' }
  await site.post(`${site.lockOut}/moment`, { ...hour, seen: await site.seen() }, as)
  const printed = await site.get(`${site.lockOut}/print`, as)
  expect(printed.text).toContain('<title>Things to do')
  const sheet = (/<main[^>]*>([\s\S]*)<\/main>/.exec(printed.text)?.[1] ?? '').replace(
    /<div class="not-printed">[\s\S]*?<\/div>/,
    '',
  )
  expect(sheet).toContain('Wait until we have spoken')
  expect(sheet).toMatch(/<strong>Wait\.<\/strong> <bdi>A \(phone\): take pictures of it/)
  expect(sheet).not.toMatch(/2026|10:10|As you agreed|Lena|mailbox|password/i)
  expect(sheet).not.toMatch(/stalk|abuse|suspected|police|lock-out plan<|Alex Bryony/i)
})
