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

test('earlier states of the map are read by those who may see it', async () => {
  expect(
    await statusesOf(
      site,
      [`${site.base}/history`, await site.outOfSight(`${site.base}/history`)],
      'cyber-adviser',
    ),
  ).toEqual([200, 404])
  for (const role of ['police-liaison', 'call-handler', 'manager', 'administrator'] as const)
    expect(await statusesOf(site, [`${site.base}/history`], role), role).toEqual([404])
  expect(await statusesOf(site, [`${site.base}/history`], 'idva')).toEqual([200])
})

test('every state of the map is listed with who did what, and can be shown again as what it is', async () => {
  await site.add(['car'])
  const { text } = await site.get(`${site.base}/history`, as)
  expect(text.match(/Put things on the map/g)).toHaveLength(2)
  expect(text).toContain('Answered questions about a thing')
  expect(text).toContain('Test cyber-adviser')
  expect((await site.get(`${site.base}/history/2`, as)).text).toContain('It is not the map of today')
  expect((await site.get(`${site.base}/history/99`, as)).status).toBe(404)
  expect((await site.get(`${site.base}/history/0`, as)).status).toBe(404)
})
