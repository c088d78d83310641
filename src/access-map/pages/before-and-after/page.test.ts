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

test('before and after are seen by those who may see the map', async () => {
  expect(
    await statusesOf(
      site,
      [`${site.base}/before-and-after`, await site.outOfSight(`${site.base}/before-and-after`)],
      'cyber-adviser',
    ),
  ).toEqual([200, 404])
  for (const role of ['police-liaison', 'call-handler', 'manager', 'administrator'] as const)
    expect(await statusesOf(site, [`${site.base}/before-and-after`], role), role).toEqual([404])
  expect(await statusesOf(site, [`${site.base}/before-and-after`], 'idva')).toEqual([200])
})

test('what is reached today stands beside what is left once every step is taken', async () => {
  const both = await site.get(`${site.base}/before-and-after`, as)
  expect(both.text).toContain('No kind of information is reached, as far as the answers go')
  expect(both.text).toContain('<svg')
})
