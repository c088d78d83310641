import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MapSite, openMapSite, plain } from '../../../../test/support/map-site.ts'
import { statusesOf } from '../../../../test/support/test-site.ts'

let site: MapSite
beforeAll(async () => {
  site = await openMapSite()
  await site.addPhones()
})
afterAll(() => site.close())

const as = { as: 'cyber-adviser' } as const

test('what the ways to reach the client go through is read by those who may see the map', async () => {
  expect(
    await statusesOf(
      site,
      [`${site.base}/channels`, await site.outOfSight(`${site.base}/channels`)],
      'cyber-adviser',
    ),
  ).toEqual([200, 404])
  for (const role of ['police-liaison', 'call-handler', 'manager', 'administrator'] as const)
    expect(await statusesOf(site, [`${site.base}/channels`], role), role).toEqual([404])
  expect(await statusesOf(site, [`${site.base}/channels`], 'idva')).toEqual([200])
})

test('S1 a channel that goes through what they reach is said to be observable, and its number is not shown', async () => {
  expect((await site.get(`${site.base}/channels`, as)).text).toContain('No way to reach the client')
  const contact = `/cases/${site.caseId}/contact`
  await site.post(`${contact}/plan`, { wants: 'yes', voicemail: 'never' }, as)
  const channel = { kind: 'email', value: 'lena@example.org', safe: 'yes', mayRemind: 'yes', days: ['1'] }
  await site.post(`${contact}/channels/new`, { ...channel, from: '10:00', until: '14:00' }, as)
  expect((await site.get(`${site.base}/channels`, as)).text).toContain('channels/c1')
  for (const role of ['coordinator', 'idva'] as const)
    expect((await site.get(`${site.base}/channels`, { as: role })).text).not.toContain('channels/c1')
  await site.add(['mailbox'])
  const answers = { label: 'Old mailbox', note: '', basis: 'told', seen: '99', 'q-password': 'yes' }
  await site.post(`${site.base}/things/t3`, answers, as)
  await site.post(`${site.base}/channels/c1`, { through: 't3', seen: '' }, as)
  const { text } = await site.get(`${site.base}/channels`, as)
  expect(plain(text)).toContain('The map says that the suspected person can observe it. Do not use it.')
  expect(text).not.toContain('lena@example.org')
})
