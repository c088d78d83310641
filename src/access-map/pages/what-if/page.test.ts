import { afterAll, beforeAll, expect, test } from 'vitest'
import { field, type MapSite, openMapSite, plain } from '../../../../test/support/map-site.ts'
import { statusesOf } from '../../../../test/support/test-site.ts'

let site: MapSite
beforeAll(async () => {
  site = await openMapSite()
  await site.play()
})
afterAll(() => site.close())

const as = { as: 'cyber-adviser' } as const

test('what would follow is read by those who may see the map', async () => {
  expect(
    await statusesOf(
      site,
      [`${site.base}/lock-out/what-if`, await site.outOfSight(`${site.base}/lock-out/what-if`)],
      'cyber-adviser',
    ),
  ).toEqual([200, 404])
  for (const role of ['police-liaison', 'call-handler', 'manager', 'administrator'] as const)
    expect(await statusesOf(site, [`${site.base}/lock-out/what-if`], role), role).toEqual([404])
  expect(await statusesOf(site, [`${site.base}/lock-out/what-if`], 'idva')).toEqual([200])
})

test('a step says why it is there and what would replace it, and the page what to ask next', async () => {
  const steps = field((await site.get(site.lockOut, as)).text, 'order').split(' ')
  const why = await site.get(`${site.lockOut}/what-if?step=${encodeURIComponent(steps.at(-1) ?? '')}`, as)
  expect(plain(why.text)).toMatch(/Without it this opens again|Other steps ask for it/)
  expect(plain(why.text)).toMatch(/stands in for it|Another plan closes as much|There is no plan without it/)
  expect((await site.get(`${site.lockOut}/what-if?step=nowhere`, as)).status).toBe(404)
  // What there was no time to weigh on a busy machine is weighed at another look.
  const next = async () => plain((await site.get(`${site.lockOut}/what-if`, as)).text)
  expect(await next()).toContain('Quiet steps alone')
  await expect.poll(next, { timeout: 50_000 }).toContain('May there be a program on it that reports to them')
})
