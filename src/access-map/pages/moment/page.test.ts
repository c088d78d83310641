import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MapSite, openMapSite } from '../../../../test/support/map-site.ts'
import { statusesOf } from '../../../../test/support/test-site.ts'

let site: MapSite
beforeAll(async () => {
  site = await openMapSite()
})
afterAll(() => site.close())

const as = { as: 'cyber-adviser' } as const

test('until the client has chosen a plan there is no hour to choose', async () => {
  expect((await site.get(`${site.lockOut}/moment`, as)).text).toContain('has not chosen a plan yet')
  await site.play()
  await site.choosePlan()
})

test('how and when is kept by those who work on the map', async () => {
  expect(
    await statusesOf(
      site,
      [`${site.base}/lock-out/moment`, await site.outOfSight(`${site.base}/lock-out/moment`)],
      'cyber-adviser',
    ),
  ).toEqual([200, 404])
  for (const role of ['police-liaison', 'call-handler', 'manager', 'administrator'] as const)
    expect(await statusesOf(site, [`${site.base}/lock-out/moment`], role), role).toEqual([404])
  expect(await statusesOf(site, [`${site.base}/lock-out/moment`], 'idva')).toEqual([404])
  expect((await site.post(`${site.base}/lock-out/moment`, {}, { as: 'idva' })).status).toBe(404)
})

test('the hour from which a step may be noticed is kept, with what is missing of it named', async () => {
  const hour = { mode: 'quiet', 'hour-day': '2', 'hour-month': '3', 'hour-year': '2026', time: '10:10' }
  const path = `${site.lockOut}/moment`
  expect((await site.post(path, { ...hour, time: '', seen: await site.seen() }, as)).text).toContain(
    'Enter the hour as well as the day',
  )
  expect((await site.post(path, { ...hour, seen: await site.seen() }, as)).location).toBe(site.lockOut)
  const kept = (await site.get(path, as)).text
  for (const part of ['name="hour-day"', 'value="2026"', 'value="10:10am"']) expect(kept).toContain(part)
  const late = await site.post(path, { ...hour, time: '11:10', seen: '0' }, { as: 'stalking-advocate' })
  expect(late.status).toBe(409)
  expect(late.text).toContain('A colleague changed this a moment ago')
})
