import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { openTestClinic, type TestClinic } from '../../../../test/support/test-clinic.ts'
import { openTestSite, type TestSite } from '../../../../test/support/test-site.ts'
import type { CaseId } from '../../../foundation/ids.ts'

let world: TestClinic
let site: TestSite
let theCase: CaseId
let path = ''

beforeAll(async () => {
  world = await openTestClinic()
  theCase = await openTestCase(world)
  site = await openTestSite(world)
  path = `/cases/${theCase}/bundles`
})
afterAll(async () => {
  await site.close()
  await world.close()
})

const askFor = (fields: Readonly<Record<string, string>> = {}) =>
  site.post(
    path,
    { purpose: 'police-report', agency: world.agencies.police, records: 'in-incidents', note: '', ...fields },
    { as: 'stalking-advocate' },
  )

test('S12 a bundle that nobody approved yet is handed out to nobody, and neither is one that is not there', async () => {
  expect((await askFor({ note: 'first report' })).location).toBe(path)
  const list = (await site.get(path, { as: 'coordinator' })).text
  const file = `${/href="([^"]+)\/decide"/.exec(list)?.[1] ?? ''}/file`
  expect(file).toMatch(/bundles\/[0-9a-f-]{36}\/file$/)
  for (const role of ['coordinator', 'stalking-advocate', 'police-liaison', 'idva', 'manager'] as const)
    expect((await site.get(file, { as: role })).status, role).toBe(404)
  expect((await site.get(file)).location).toMatch(/^\/sign-in/)
  for (const absent of [`${path}/nothing/file`, `${path}/01900000-0000-7000-8000-000000000000/file`])
    expect((await site.get(absent, { as: 'coordinator' })).status, absent).toBe(404)
})
