import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BundleSite, openBundleSite } from '../../../../test/support/bundle-site.ts'
import { openTestCase } from '../../../../test/support/test-case.ts'

let site: BundleSite
beforeAll(async () => {
  site = await openBundleSite()
})
afterAll(() => site.close())

test('S12 a bundle is asked for by one, decided by another, and refused only with a reason', async () => {
  const asked = await site.askFor({ note: 'first report', _once: 'AAAAAAAAAAAAAAAAAAAAAA' })
  expect([asked.status, asked.location]).toEqual([303, site.path])
  const again = await site.askFor({ note: 'first report', _once: 'AAAAAAAAAAAAAAAAAAAAAA' })
  expect(again.status).toBe(303)
  const list = await site.get(site.path, { as: 'coordinator' })
  const links = [...list.text.matchAll(/href="([^"]+\/decide)"/g)].map(match => match[1] ?? '')
  expect(links).toHaveLength(1)
  const decide = links[0] ?? ''

  const own = await site.get(site.path, { as: 'stalking-advocate' })
  expect(own.text).not.toContain(decide)
  expect(own.text).toContain('Somebody else has to approve it')
  for (const role of ['cyber-adviser', 'idva', 'police-liaison', 'manager', 'administrator'] as const) {
    expect((await site.get(decide, { as: role })).status, role).toBe(404)
    expect((await site.post(decide, { decision: 'approve' }, { as: role })).status, role).toBe(404)
  }
  const foreign = decide.replace(site.caseId, await openTestCase(site.world))
  expect((await site.get(foreign, { as: 'coordinator' })).status).toBe(404)
  expect((await site.post(foreign, { decision: 'approve' }, { as: 'coordinator' })).status).toBe(404)
  const byAsker = await site.post(decide, { decision: 'approve' }, { as: 'stalking-advocate' })
  expect(byAsker.status).toBe(422)
  expect(byAsker.text).toContain('somebody else has to decide')

  expect((await site.post(decide, {}, { as: 'coordinator' })).text).toContain(
    'Select whether you approve this bundle',
  )
  expect((await site.post(decide, { decision: 'refuse' }, { as: 'coordinator' })).text).toContain(
    'Enter why you do not approve it',
  )
  expect((await site.get(decide.replace('/decide', '/file'), { as: 'police-liaison' })).status).toBe(404)
  const refused = await site.post(
    decide,
    { decision: 'refuse', note: 'the wrong dates' },
    { as: 'coordinator' },
  )
  expect(refused.status).toBe(303)
  const after = await site.get(site.path, { as: 'stalking-advocate' })
  expect(after.text).toContain('Not approved')
  expect(after.text).toContain('the wrong dates')
  // Somebody who left the page open finds it decided.
  expect((await site.post(decide, { decision: 'approve' }, { as: 'coordinator' })).location).toBe(site.path)
  expect((await site.get(site.path, { as: 'stalking-advocate' })).text).toContain('Not approved')
})
