import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestCase } from '../../../../test/support/test-case.ts'
import { openTestClinic, type TestClinic } from '../../../../test/support/test-clinic.ts'
import { addTestItem } from '../../../../test/support/test-records.ts'
import { openTestSite, type TestSite } from '../../../../test/support/test-site.ts'
import type { CaseId } from '../../../foundation/ids.ts'

let world: TestClinic
let site: TestSite
let caseId: CaseId
beforeAll(async () => {
  world = await openTestClinic()
  site = await openTestSite(world)
  caseId = await openTestCase(world, {
    clientName: 'Linda <i>Fairweather</i>',
    agencies: ['lead', 'stalking', 'police'],
  })
  await addTestItem(world, caseId, 'LF/1', [
    { local: '2026-02-14T22:01:00', sender: 'Rob', text: 'I can see you' },
  ])
})
afterAll(async () => {
  await site.close()
  await world.close()
})

const path = () => `/cases/${caseId}`

test('S5 every access is in the trail, the refused ones too, and only a coordinator reads it', async () => {
  await site.get(path(), { as: 'stalking-advocate' })
  await site.get(path(), { as: 'cyber-adviser' })
  for (const role of ['stalking-advocate', 'idva', 'police-liaison', 'manager', 'administrator'] as const)
    expect((await site.get(`${path()}/trail`, { as: role })).status, role).toBe(404)
  const { status, text } = await site.get(`${path()}/trail`, { as: 'coordinator' })
  expect(status).toBe(200)
  expect(text).toContain('Test stalking-advocate')
  expect(text).toContain(
    'The page also showed something of the first account, consents, the evidence, the chronology, safe contact, bundles, appointments, the safety plan, orders and the access map',
  )
  expect(text).toContain('Test cyber-adviser')
  expect(text).toContain('Was refused a look at the overview')
  expect(text).toContain('Looked at who looked')
})

test('an odd place or kind in the address of the trail is its newest page', async () => {
  for (const query of ['?before=x', '?before=-1', '?before=99999999999999999', '?by=nobody']) {
    const { status, text } = await site.get(`${path()}/trail${query}`, { as: 'coordinator' })
    expect([query, status]).toEqual([query, 200])
    expect(text).toContain('Looked at who looked')
  }
})
