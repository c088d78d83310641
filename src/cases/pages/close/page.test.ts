import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { openTestClinic, type TestClinic } from '../../../../test/support/test-clinic.ts'
import { openTestSite, type TestSite } from '../../../../test/support/test-site.ts'
import type { CaseId } from '../../../foundation/ids.ts'

let world: TestClinic
let site: TestSite
let caseId: CaseId
beforeAll(async () => {
  world = await openTestClinic()
  site = await openTestSite(world)
  caseId = await openTestCase(world, { clientName: 'Shutter Fictional' })
})
afterAll(async () => {
  await site.close()
  await world.close()
})
const path = () => `/cases/${caseId}/close`

test('only a coordinator closes a case', async () => {
  for (const role of ['cyber-adviser', 'stalking-advocate', 'idva', 'police-liaison', 'manager'] as const) {
    expect((await site.get(path(), { as: role })).status).toBe(404)
    expect((await site.post(path(), { outcome: 'contact-stopped' }, { as: role })).status).toBe(404)
  }
  expect((await site.get('/cases', { as: 'coordinator' })).text).toContain('Shutter Fictional')
})

test('a case closes with its outcome, leaves the list of open ones, and opens again whole', async () => {
  const as = { as: 'coordinator' } as const
  expect((await site.confirm(path(), {}, as)).text).toContain('Select how contact is now')
  expect((await site.confirm(path(), { outcome: 'contact-stopped' }, as)).status).toBe(303)
  expect((await site.get('/cases', as)).text).not.toContain('Shutter Fictional')
  expect((await site.get('/cases?closed=yes', as)).text).toContain('Shutter Fictional')
  expect((await site.get(path(), as)).text).toContain('Open this case again')
  await site.confirm(path(), { again: 'yes' }, as)
  expect((await site.get('/cases', as)).text).toContain('Shutter Fictional')
  const trail = (await site.get(`/cases/${caseId}/trail`, as)).text
  expect(trail).toContain('Closed the case')
  expect(trail).toContain('Opened the case again')
})
