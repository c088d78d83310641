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

test('what they reach is seen by those who may see the map', async () => {
  expect(
    await statusesOf(
      site,
      [`${site.base}/reach`, await site.outOfSight(`${site.base}/reach`)],
      'cyber-adviser',
    ),
  ).toEqual([200, 404])
  for (const role of ['police-liaison', 'call-handler', 'manager', 'administrator'] as const)
    expect(await statusesOf(site, [`${site.base}/reach`], role), role).toEqual([404])
  expect(await statusesOf(site, [`${site.base}/reach`], 'idva')).toEqual([200])
})

test('what they reach is drawn and said, one kind of it at a time, whatever is asked for', async () => {
  const reach = await site.get(`${site.base}/reach`, as)
  expect(reach.status).toBe(200)
  expect(reach.text).toContain('<svg')
  expect(reach.text).toContain('What is not known counts as possible')
  expect(reach.text).toContain('Where the client is')
  const lit = await site.get(`${site.base}/reach?way=info-location&by=kind&open=%3Cb%3E&open=t1`, as)
  expect(lit.text).toContain('class="reach-lit"')
  expect(lit.text).toContain('and so reaches where the client is')
  expect(lit.text).not.toContain('<b>')
  const hostile = '/reach?way=__proto__&last=%22%3E&by=constructor&open=constructor'
  expect((await site.get(`${site.base}${hostile}`, as)).text).not.toContain('class="reach-lit"')
})
