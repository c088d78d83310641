import { afterAll, beforeAll, expect, test } from 'vitest'
import { type BundleSite, openBundleSite } from '../../../../test/support/bundle-site.ts'

let site: BundleSite
beforeAll(async () => {
  site = await openBundleSite()
})
afterAll(() => site.close())

test('S12 a bundle that nobody approved yet is handed out to nobody, and neither is one that is not there', async () => {
  expect((await site.askFor({ note: 'first report' })).location).toBe(site.path)
  const list = (await site.get(site.path, { as: 'coordinator' })).text
  const file = `${/href="([^"]+)\/decide"/.exec(list)?.[1] ?? ''}/file`
  expect(file).toMatch(/bundles\/[0-9a-f-]{36}\/file$/)
  for (const role of ['coordinator', 'stalking-advocate', 'police-liaison', 'idva', 'manager'] as const)
    expect((await site.get(file, { as: role })).status, role).toBe(404)
  expect((await site.get(file)).location).toMatch(/^\/sign-in/)
  for (const absent of [
    `${site.path}/nothing/file`,
    `${site.path}/01900000-0000-7000-8000-000000000000/file`,
  ])
    expect((await site.get(absent, { as: 'coordinator' })).status, absent).toBe(404)
})
