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

test('the sheet of devices and accounts is made by those who may see the map', async () => {
  expect(
    await statusesOf(
      site,
      [`${site.base}/print`, await site.outOfSight(`${site.base}/print`)],
      'cyber-adviser',
    ),
  ).toEqual([200, 404])
  for (const role of ['police-liaison', 'call-handler', 'manager', 'administrator'] as const)
    expect(await statusesOf(site, [`${site.base}/print`], role), role).toEqual([404])
  expect(await statusesOf(site, [`${site.base}/print`], 'idva')).toEqual([200])
})

test('S2 the sheet does not say what it is about, and has no name on it', async () => {
  const sheet = await site.get(`${site.base}/print`, as)
  expect(sheet.text).toContain('<title>Devices and accounts</title>')
  expect(sheet.text.replace(/<[^>]+>/g, ' ')).not.toMatch(/suspect|stalk|abuse|police|Unwatched/i)
  expect(sheet.text).toContain('Lena’s phone')
  expect(sheet.text).not.toContain('Alex Bryony')
})
